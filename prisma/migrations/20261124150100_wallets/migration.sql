-- Wallets: what customers have in credit, and the grants that gave it.

-- AlterTable
ALTER TABLE "workflow_action_execution" ADD COLUMN     "wallet_id" TEXT;

-- CreateTable
CREATE TABLE "wallet_type" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "reference" TEXT,
    "status" TEXT NOT NULL DEFAULT 'ACTIVE',
    "type" TEXT,
    "document" JSONB NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "wallet_type_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "wallet" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "reference" TEXT,
    "status" TEXT NOT NULL DEFAULT 'ACTIVE',
    "wallet_type_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "look_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "wallet_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "wallet_grant" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "reference" TEXT,
    "wallet_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "wallet_grant_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateIndex
CREATE INDEX "wallet_type_platform_id_created_at_id_idx" ON "wallet_type"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "wallet_platform_id_customer_id_idx" ON "wallet"("platform_id", "customer_id");

-- CreateIndex
CREATE INDEX "wallet_platform_id_wallet_type_id_idx" ON "wallet"("platform_id", "wallet_type_id");

-- CreateIndex
CREATE INDEX "wallet_platform_id_created_at_id_idx" ON "wallet"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "wallet_grant_platform_id_wallet_id_idx" ON "wallet_grant"("platform_id", "wallet_id");

-- CreateIndex
CREATE INDEX "wallet_grant_platform_id_customer_id_idx" ON "wallet_grant"("platform_id", "customer_id");

-- CreateIndex
CREATE INDEX "wallet_grant_platform_id_created_at_id_idx" ON "wallet_grant"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "workflow_action_execution_platform_id_wallet_id_idx" ON "workflow_action_execution"("platform_id", "wallet_id");

-- References are free again once their owner is deleted.
CREATE UNIQUE INDEX "wallet_type_reference" ON "wallet_type" ("platform_id", "reference") WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "wallet_reference" ON "wallet" ("platform_id", "reference") WHERE "deleted_at" IS NULL;

-- What the clock looks for: an idle look is one probe.
CREATE INDEX "wallet_due" ON "wallet" ("look_at") WHERE "look_at" IS NOT NULL;
