-- CreateTable
CREATE TABLE "pricing_plan_subscription" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "reference" TEXT,
    "customer_id" TEXT,
    "billing_entity_id" TEXT,
    "type" TEXT NOT NULL DEFAULT 'BILLING',
    "variant" TEXT NOT NULL DEFAULT 'DEFAULT',
    "status" TEXT NOT NULL DEFAULT 'DRAFT',
    "start_at" TIMESTAMPTZ(3),
    "plan_name" TEXT,
    "document" JSONB NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "pricing_plan_subscription_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "pricing_plan_schedule" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "reference" TEXT,
    "subscription_id" TEXT,
    "type" TEXT NOT NULL DEFAULT 'DEFAULT',
    "start_at" TIMESTAMPTZ(3),
    "end_at" TIMESTAMPTZ(3),
    "document" JSONB NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "pricing_plan_schedule_pkey" PRIMARY KEY ("platform_id","id")
);

-- AlterTable
ALTER TABLE "workflow_action_execution" ADD COLUMN "schedule_id" TEXT,
ADD COLUMN "subscription_id" TEXT;

-- CreateIndex
CREATE INDEX "pricing_plan_subscription_platform_id_customer_id_idx" ON "pricing_plan_subscription"("platform_id", "customer_id");

-- CreateIndex
CREATE INDEX "pricing_plan_subscription_platform_id_created_at_id_idx" ON "pricing_plan_subscription"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "pricing_plan_subscription_platform_id_start_at_id_idx" ON "pricing_plan_subscription"("platform_id", "start_at", "id");

-- CreateIndex
CREATE INDEX "pricing_plan_schedule_platform_id_subscription_id_idx" ON "pricing_plan_schedule"("platform_id", "subscription_id");

-- CreateIndex
CREATE INDEX "pricing_plan_schedule_platform_id_created_at_id_idx" ON "pricing_plan_schedule"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "workflow_action_execution_platform_id_subscription_id_idx" ON "workflow_action_execution"("platform_id", "subscription_id");

-- A reference is free again after deletion.
CREATE UNIQUE INDEX "pricing_plan_subscription_reference" ON "pricing_plan_subscription" ("platform_id", "reference") WHERE "deleted_at" IS NULL;

-- Enrolment of running trials reads only these.
CREATE INDEX "pricing_plan_schedule_trials" ON "pricing_plan_schedule" ("platform_id", "id") WHERE "type" = 'TRIAL' AND "deleted_at" IS NULL;

-- Enrolment of what is charged before it is FINAL.
CREATE INDEX "invoice_before_final" ON "invoice" ("platform_id", "id") WHERE "status" IN ('OPEN', 'DRAFT');

-- Statements of what is still to be mailed about a trial.
CREATE INDEX "workflow_action_execution_schedule" ON "workflow_action_execution" ("platform_id", "schedule_id") WHERE "schedule_id" IS NOT NULL;
