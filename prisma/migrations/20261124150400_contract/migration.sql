-- Portal URLs are a resource like the others; the derived payment links are rows of theirs.
ALTER TABLE "portal_url" ADD COLUMN "reference" TEXT;
ALTER TABLE "portal_url" ADD COLUMN "document" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "portal_url" ADD COLUMN "revision" BIGINT NOT NULL DEFAULT 1;
ALTER TABLE "portal_url" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);

CREATE INDEX "portal_url_platform_id_created_at_id_idx" ON "portal_url"("platform_id", "created_at" DESC, "id" DESC);
CREATE INDEX "portal_url_platform_id_customer_id_idx" ON "portal_url"("platform_id", "customer_id");
