-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "platform" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "timezone" TEXT NOT NULL DEFAULT 'UTC',
    "locale" TEXT,
    "invoice_counter" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "platform_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL,
    "link_secret" TEXT NOT NULL,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "description" TEXT,
    "role_type" TEXT NOT NULL DEFAULT 'ADMINISTRATOR',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "customer" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "reference" TEXT,
    "status" TEXT NOT NULL DEFAULT 'ACTIVE',
    "email" TEXT,
    "timezone" TEXT,
    "locale" TEXT,
    "document" JSONB NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "customer_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "contact" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "reference" TEXT,
    "customer_id" TEXT,
    "email" TEXT,
    "document" JSONB NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "contact_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "billing_entity" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "reference" TEXT,
    "status" TEXT NOT NULL DEFAULT 'ACTIVE',
    "timezone" TEXT,
    "document" JSONB NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "billing_entity_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "integration" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "reference" TEXT,
    "type" TEXT NOT NULL,
    "variant" TEXT,
    "status" TEXT NOT NULL DEFAULT 'DRAFT',
    "secrets" TEXT,
    "document" JSONB NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "integration_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "payment_acceptor" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "reference" TEXT,
    "billing_entity_id" TEXT,
    "customer_id" TEXT,
    "type" TEXT,
    "status" TEXT NOT NULL DEFAULT 'ACTIVE',
    "document" JSONB NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "payment_acceptor_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "invoice" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "invoice_number" TEXT,
    "customer_id" TEXT,
    "billing_entity_id" TEXT,
    "status" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payment_status" TEXT,
    "on_hold" BOOLEAN NOT NULL DEFAULT false,
    "invoice_date" TIMESTAMPTZ(3),
    "due_date" TIMESTAMPTZ(3),
    "timezone" TEXT,
    "currency" TEXT,
    "total_amount" DECIMAL(30,10),
    "open_amount" DECIMAL(30,10),
    "final_at" TIMESTAMPTZ(3),
    "document" JSONB NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "document_revision" INTEGER NOT NULL DEFAULT 1,
    "source_sha256" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invoice_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "invoice_document" (
    "platform_id" TEXT NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "document_revision" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "pages" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "downloaded_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invoice_document_pkey" PRIMARY KEY ("platform_id","invoice_id","document_revision")
);

-- CreateTable
CREATE TABLE "payment" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "reference" TEXT,
    "customer_id" TEXT,
    "invoice_id" TEXT,
    "external_reference" TEXT,
    "result" TEXT NOT NULL,
    "currency" TEXT,
    "amount" DECIMAL(30,10),
    "document" JSONB NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "portal_url" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'PUBLISHED',
    "customer_id" TEXT,
    "invoice_id" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "portal_url_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "workflow" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "type" TEXT NOT NULL,
    "variant" TEXT,
    "status" TEXT NOT NULL,
    "config" JSONB,
    "customer_ids" TEXT[],
    "scoped" BOOLEAN NOT NULL DEFAULT false,
    "activated_at" TIMESTAMPTZ(3),
    "steps_since" JSONB NOT NULL DEFAULT '{}',
    "scope_since" JSONB NOT NULL DEFAULT '{}',
    "enrol_cursor" TEXT,
    "enrolled_count" INTEGER NOT NULL DEFAULT 0,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflow_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "workflow_action" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "description" TEXT,
    "status" TEXT NOT NULL,
    "config" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "workflow_action_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "workflow_action_version" (
    "platform_id" TEXT NOT NULL,
    "action_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "config" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflow_action_version_pkey" PRIMARY KEY ("platform_id","action_id","version")
);

-- CreateTable
CREATE TABLE "workflow_trigger" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "customer_id" TEXT,
    "type" TEXT NOT NULL,
    "firing_key" TEXT NOT NULL,
    "resource_type" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "step" TEXT,
    "anchor_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflow_trigger_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "cadence" (
    "platform_id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "resource_type" TEXT NOT NULL,
    "customer_id" TEXT,
    "anchor_at" TIMESTAMPTZ(3),
    "zone" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "done" TEXT[],
    "next_step" TEXT,
    "next_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cadence_pkey" PRIMARY KEY ("platform_id","workflow_id","resource_id")
);

-- CreateTable
CREATE TABLE "workflow_action_execution" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "trigger_id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "action_id" TEXT NOT NULL,
    "action_version" INTEGER NOT NULL,
    "action_type" TEXT NOT NULL,
    "customer_id" TEXT,
    "invoice_id" TEXT,
    "payment_id" TEXT,
    "manual" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'PENDING',
    "reason" TEXT,
    "reason_message" TEXT,
    "token" BIGINT NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "preparation" INTEGER NOT NULL DEFAULT 0,
    "facts" JSONB,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "next_attempt_at" TIMESTAMPTZ(3),
    "not_after" TIMESTAMPTZ(3) NOT NULL,
    "attempt_count" INTEGER NOT NULL DEFAULT 0,
    "released_until" TIMESTAMPTZ(3),
    "recipients" JSONB,
    "subject" TEXT,
    "template" TEXT,
    "locale" TEXT,
    "integration_id" TEXT,
    "provider" TEXT,
    "provider_message_id" TEXT,
    "message_id" TEXT,
    "mime_sha256" TEXT,
    "pdf_sha256" TEXT,
    "document_revision" INTEGER,
    "payment_link" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "released_at" TIMESTAMPTZ(3),
    "claimed_at" TIMESTAMPTZ(3),
    "rendered_at" TIMESTAMPTZ(3),
    "printed_at" TIMESTAMPTZ(3),
    "gate_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "workflow_action_execution_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "execution_part" (
    "platform_id" TEXT NOT NULL,
    "execution_id" TEXT NOT NULL,
    "preparation" INTEGER NOT NULL,
    "part" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "execution_part_pkey" PRIMARY KEY ("platform_id","execution_id","preparation","part")
);

-- CreateTable
CREATE TABLE "delivery_attempt" (
    "platform_id" TEXT NOT NULL,
    "execution_id" TEXT NOT NULL,
    "token" BIGINT NOT NULL,
    "preparation" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "code" TEXT,
    "message" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delivery_attempt_pkey" PRIMARY KEY ("platform_id","execution_id","token")
);

-- CreateIndex
CREATE UNIQUE INDEX "platform_name_key" ON "platform"("name");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "customer_platform_id_created_at_id_idx" ON "customer"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "contact_platform_id_customer_id_idx" ON "contact"("platform_id", "customer_id");

-- CreateIndex
CREATE INDEX "contact_platform_id_created_at_id_idx" ON "contact"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "billing_entity_platform_id_created_at_id_idx" ON "billing_entity"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "integration_platform_id_created_at_id_idx" ON "integration"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "payment_acceptor_platform_id_billing_entity_id_idx" ON "payment_acceptor"("platform_id", "billing_entity_id");

-- CreateIndex
CREATE INDEX "payment_acceptor_platform_id_created_at_id_idx" ON "payment_acceptor"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "invoice_platform_id_customer_id_idx" ON "invoice"("platform_id", "customer_id");

-- CreateIndex
CREATE INDEX "invoice_platform_id_created_at_id_idx" ON "invoice"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "payment_platform_id_invoice_id_idx" ON "payment"("platform_id", "invoice_id");

-- CreateIndex
CREATE INDEX "payment_platform_id_customer_id_idx" ON "payment"("platform_id", "customer_id");

-- CreateIndex
CREATE INDEX "payment_platform_id_external_reference_idx" ON "payment"("platform_id", "external_reference");

-- CreateIndex
CREATE INDEX "payment_platform_id_created_at_id_idx" ON "payment"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "portal_url_id_key" ON "portal_url"("id");

-- CreateIndex
CREATE INDEX "workflow_platform_id_created_at_id_idx" ON "workflow"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "workflow_platform_id_reference_key" ON "workflow"("platform_id", "reference");

-- CreateIndex
CREATE INDEX "workflow_action_platform_id_workflow_id_idx" ON "workflow_action"("platform_id", "workflow_id");

-- CreateIndex
CREATE INDEX "workflow_action_platform_id_created_at_id_idx" ON "workflow_action"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "workflow_trigger_platform_id_workflow_id_idx" ON "workflow_trigger"("platform_id", "workflow_id");

-- CreateIndex
CREATE INDEX "workflow_trigger_platform_id_resource_id_idx" ON "workflow_trigger"("platform_id", "resource_id");

-- CreateIndex
CREATE INDEX "workflow_trigger_platform_id_created_at_id_idx" ON "workflow_trigger"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "workflow_trigger_platform_id_firing_key_key" ON "workflow_trigger"("platform_id", "firing_key");

-- CreateIndex
CREATE INDEX "cadence_platform_id_resource_id_idx" ON "cadence"("platform_id", "resource_id");

-- CreateIndex
CREATE INDEX "workflow_action_execution_platform_id_trigger_id_idx" ON "workflow_action_execution"("platform_id", "trigger_id");

-- CreateIndex
CREATE INDEX "workflow_action_execution_platform_id_workflow_id_idx" ON "workflow_action_execution"("platform_id", "workflow_id");

-- CreateIndex
CREATE INDEX "workflow_action_execution_platform_id_customer_id_idx" ON "workflow_action_execution"("platform_id", "customer_id");

-- CreateIndex
CREATE INDEX "workflow_action_execution_platform_id_invoice_id_idx" ON "workflow_action_execution"("platform_id", "invoice_id");

-- CreateIndex
CREATE INDEX "workflow_action_execution_platform_id_created_at_id_idx" ON "workflow_action_execution"("platform_id", "created_at" DESC, "id" DESC);

-- What only SQL can say.

CREATE SEQUENCE "fencing_token";

-- A reference names one living resource of its kind per platform.
CREATE UNIQUE INDEX "customer_reference" ON "customer" ("platform_id", "reference") WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "contact_reference" ON "contact" ("platform_id", "reference") WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "billing_entity_reference" ON "billing_entity" ("platform_id", "reference") WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "integration_reference" ON "integration" ("platform_id", "reference") WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "payment_acceptor_reference" ON "payment_acceptor" ("platform_id", "reference") WHERE "deleted_at" IS NULL;
CREATE INDEX "invoice_number" ON "invoice" ("platform_id", "invoice_number") WHERE "invoice_number" IS NOT NULL;

-- Hot rows only: what is due, what was rung for, what somebody holds. History does not slow these down.
CREATE INDEX "execution_due" ON "workflow_action_execution" ("platform_id", "next_attempt_at") WHERE "state" = 'PENDING';
CREATE INDEX "execution_released" ON "workflow_action_execution" ("released_until") WHERE "state" = 'PENDING' AND "released_until" IS NOT NULL;
CREATE INDEX "execution_held" ON "workflow_action_execution" ("lease_until") WHERE "state" IN ('CLAIMED', 'PREPARED', 'COMMITTING');
CREATE INDEX "cadence_due" ON "cadence" ("next_at") WHERE "state" = 'RUNNING';
CREATE INDEX "invoice_open" ON "invoice" ("platform_id", "id") WHERE "status" = 'FINAL' AND "open_amount" > 0;
CREATE INDEX "workflow_active" ON "workflow" ("platform_id", "type") WHERE "status" = 'ACTIVE';
CREATE INDEX "workflow_enrolling" ON "workflow" ("platform_id") WHERE "enrol_cursor" IS NOT NULL;

ALTER TABLE "workflow_action_execution" ADD CONSTRAINT "execution_state" CHECK ("state" IN
  ('PENDING', 'CLAIMED', 'PREPARED', 'COMMITTING', 'SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED', 'UNKNOWN'));
ALTER TABLE "workflow_action_execution" ADD CONSTRAINT "execution_ends_with_a_reason" CHECK
  ("state" NOT IN ('FAILED', 'SKIPPED', 'CANCELLED', 'UNKNOWN') OR "reason" IS NOT NULL);
ALTER TABLE "workflow_action_execution" ADD CONSTRAINT "execution_pending_has_a_time" CHECK
  ("state" <> 'PENDING' OR "next_attempt_at" IS NOT NULL);
ALTER TABLE "workflow" ADD CONSTRAINT "workflow_status" CHECK ("status" IN ('DRAFT', 'INACTIVE', 'ACTIVE', 'ARCHIVED'));
ALTER TABLE "cadence" ADD CONSTRAINT "cadence_state" CHECK ("state" IN ('RUNNING', 'SUSPENDED', 'FINISHED'));
ALTER TABLE "cadence" ADD CONSTRAINT "cadence_running_has_a_step" CHECK
  ("state" <> 'RUNNING' OR ("next_at" IS NOT NULL AND "next_step" IS NOT NULL));

-- PDFs are compressed already; parts are read whole and rarely.
ALTER TABLE "invoice_document" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
ALTER TABLE "execution_part" ALTER COLUMN "content" SET STORAGE EXTERNAL;
