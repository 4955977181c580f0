-- CreateTable
CREATE TABLE "audit_record" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "actor_type" TEXT NOT NULL,
    "user_id" TEXT,
    "target_entity_id" TEXT NOT NULL,
    "target_type" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "message" TEXT,
    "changes" JSONB,
    "reference" TEXT,
    "idempotency_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "audit_record_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "webhook" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "reference" TEXT,
    "name" TEXT,
    "status" TEXT NOT NULL DEFAULT 'ACTIVE',
    "document" JSONB NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    "secrets" TEXT,
    "secret_rolled_at" TIMESTAMPTZ(3),
    "retry_count" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3),
    "cause" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "token" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "webhook_event" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "type" TEXT NOT NULL,
    "resource_type" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "attempt_count" INTEGER NOT NULL DEFAULT 0,
    "response_status" INTEGER,
    "message" TEXT,
    "attempted_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "webhook_event_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateIndex
CREATE INDEX "audit_record_platform_id_target_id_idx" ON "audit_record"("platform_id", "target_id");

-- CreateIndex
CREATE INDEX "audit_record_platform_id_user_id_idx" ON "audit_record"("platform_id", "user_id");

-- CreateIndex
CREATE INDEX "audit_record_platform_id_target_entity_id_idx" ON "audit_record"("platform_id", "target_entity_id");

-- CreateIndex
CREATE INDEX "audit_record_platform_id_target_type_created_at_id_idx" ON "audit_record"("platform_id", "target_type", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_record_platform_id_created_at_id_idx" ON "audit_record"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "webhook_platform_id_created_at_id_idx" ON "webhook"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "webhook_event_platform_id_webhook_id_idx" ON "webhook_event"("platform_id", "webhook_id");

-- CreateIndex
CREATE INDEX "webhook_event_platform_id_resource_id_idx" ON "webhook_event"("platform_id", "resource_id");

-- CreateIndex
CREATE INDEX "webhook_event_platform_id_created_at_id_idx" ON "webhook_event"("platform_id", "created_at" DESC, "id" DESC);

-- What a schema file cannot say.

CREATE UNIQUE INDEX "webhook_reference" ON "webhook" ("platform_id", "reference") WHERE "deleted_at" IS NULL;
-- The endpoints that changes look for, and those that deliveries look for.
CREATE INDEX "webhook_active" ON "webhook" ("platform_id") WHERE "status" = 'ACTIVE' AND "deleted_at" IS NULL;
-- The queue of an endpoint. What is delivered leaves it.
CREATE INDEX "webhook_event_pending" ON "webhook_event" ("platform_id", "webhook_id", "position") WHERE "status" = 'PENDING';

-- Audit records are what happened: nobody changes them. Erasure (a person asks to be forgotten) may take out what was
-- changed to what, never who did something when.
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('billing_workflows.erasing', true) = 'on'
     AND NEW."changes" IS NULL AND to_jsonb(NEW) - 'changes' = to_jsonb(OLD) - 'changes' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Audit records are never changed.' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "audit_record_is_immutable" BEFORE UPDATE OR DELETE ON "audit_record"
  FOR EACH ROW EXECUTE FUNCTION "refuse_audit_change"();
CREATE TRIGGER "audit_record_is_kept" BEFORE TRUNCATE ON "audit_record"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
