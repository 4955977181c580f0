-- What lists are filtered and ordered by, so that no page reads a table from end to end. `npm run plans` shows who uses what.
--
-- A column that is ordered by has (platform, column, id), which is the order of its pages; where it holds few values, a filter by
-- a rare one uses it too, and one by a common value walks the newest. What is only filtered by has (platform, column, newest
-- first), which is its page as it stands. Where most rows have no value the index holds only those that have one.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE INDEX "customer_platform_id_status_id_idx" ON "customer"("platform_id", "status", "id");
CREATE INDEX "customer_platform_id_updated_at_id_idx" ON "customer"("platform_id", "updated_at", "id");
CREATE INDEX "contact_platform_id_updated_at_id_idx" ON "contact"("platform_id", "updated_at", "id");
CREATE INDEX "payment_acceptor_platform_id_customer_id_idx" ON "payment_acceptor"("platform_id", "customer_id");
CREATE INDEX "payment_acceptor_platform_id_type_created_at_id_idx" ON "payment_acceptor"("platform_id", "type", "created_at" DESC, "id" DESC);
CREATE INDEX "payment_acceptor_platform_id_status_id_idx" ON "payment_acceptor"("platform_id", "status", "id");
CREATE INDEX "payment_acceptor_platform_id_updated_at_id_idx" ON "payment_acceptor"("platform_id", "updated_at", "id");
CREATE INDEX "invoice_platform_id_status_id_idx" ON "invoice"("platform_id", "status", "id");
CREATE INDEX "invoice_platform_id_type_created_at_id_idx" ON "invoice"("platform_id", "type", "created_at" DESC, "id" DESC);
CREATE INDEX "invoice_platform_id_payment_status_created_at_id_idx" ON "invoice"("platform_id", "payment_status", "created_at" DESC, "id" DESC);
CREATE INDEX "invoice_platform_id_billing_entity_id_created_at_id_idx" ON "invoice"("platform_id", "billing_entity_id", "created_at" DESC, "id" DESC);
CREATE INDEX "invoice_platform_id_updated_at_id_idx" ON "invoice"("platform_id", "updated_at", "id");
CREATE INDEX "payment_platform_id_reference_idx" ON "payment"("platform_id", "reference");
CREATE INDEX "payment_platform_id_result_id_idx" ON "payment"("platform_id", "result", "id");
CREATE INDEX "payment_platform_id_updated_at_id_idx" ON "payment"("platform_id", "updated_at", "id");
CREATE INDEX "wallet_platform_id_status_id_idx" ON "wallet"("platform_id", "status", "id");
CREATE INDEX "wallet_platform_id_updated_at_id_idx" ON "wallet"("platform_id", "updated_at", "id");
CREATE INDEX "portal_url_platform_id_invoice_id_idx" ON "portal_url"("platform_id", "invoice_id");
CREATE INDEX "portal_url_platform_id_type_id_idx" ON "portal_url"("platform_id", "type", "id");
CREATE INDEX "portal_url_platform_id_status_created_at_id_idx" ON "portal_url"("platform_id", "status", "created_at" DESC, "id" DESC);
CREATE INDEX "portal_url_platform_id_updated_at_id_idx" ON "portal_url"("platform_id", "updated_at", "id");
CREATE INDEX "workflow_trigger_platform_id_customer_id_idx" ON "workflow_trigger"("platform_id", "customer_id");
CREATE INDEX "workflow_trigger_platform_id_type_id_idx" ON "workflow_trigger"("platform_id", "type", "id");
CREATE INDEX "workflow_trigger_platform_id_variant_created_at_id_idx" ON "workflow_trigger"("platform_id", "variant", "created_at" DESC, "id" DESC);
CREATE INDEX "workflow_action_execution_platform_id_action_id_idx" ON "workflow_action_execution"("platform_id", "action_id");
CREATE INDEX "workflow_action_execution_platform_id_state_id_idx" ON "workflow_action_execution"("platform_id", "state", "id");
CREATE INDEX "workflow_action_execution_platform_id_due_at_id_idx" ON "workflow_action_execution"("platform_id", "due_at", "id");
CREATE INDEX "audit_record_platform_id_action_created_at_id_idx" ON "audit_record"("platform_id", "action", "created_at" DESC, "id" DESC);
CREATE INDEX "webhook_event_platform_id_type_created_at_id_idx" ON "webhook_event"("platform_id", "type", "created_at" DESC, "id" DESC);
CREATE INDEX "webhook_event_platform_id_status_created_at_id_idx" ON "webhook_event"("platform_id", "status", "created_at" DESC, "id" DESC);
CREATE INDEX "pricing_plan_subscription_platform_id_type_id_idx" ON "pricing_plan_subscription"("platform_id", "type", "id");
CREATE INDEX "pricing_plan_subscription_platform_id_variant_created_at_id_idx" ON "pricing_plan_subscription"("platform_id", "variant", "created_at" DESC, "id" DESC);
CREATE INDEX "pricing_plan_subscription_platform_id_status_created_at_id_idx" ON "pricing_plan_subscription"("platform_id", "status", "created_at" DESC, "id" DESC);
CREATE INDEX "pricing_plan_subscription_platform_id_updated_at_id_idx" ON "pricing_plan_subscription"("platform_id", "updated_at", "id");
CREATE INDEX "pricing_plan_schedule_platform_id_type_created_at_id_idx" ON "pricing_plan_schedule"("platform_id", "type", "created_at" DESC, "id" DESC);

-- What only SQL can say: rows without a value sort lowest, and some values are in the documents.

CREATE INDEX "customer_by_reference" ON "customer" ("platform_id", COALESCE(reference, ''), "id");
CREATE INDEX "customer_by_email" ON "customer" ("platform_id", COALESCE(email, ''), "id");
CREATE INDEX "customer_by_type" ON "customer" ("platform_id", (document->>'type'), "created_at" DESC, "id" DESC);
CREATE INDEX "contact_by_reference" ON "contact" ("platform_id", COALESCE(reference, ''), "id");
CREATE INDEX "contact_by_email" ON "contact" ("platform_id", COALESCE(email, ''), "id");
CREATE INDEX "payment_acceptor_by_reference" ON "payment_acceptor" ("platform_id", COALESCE(reference, ''), "id");
CREATE INDEX "wallet_by_reference" ON "wallet" ("platform_id", COALESCE(reference, ''), "id");
CREATE INDEX "invoice_by_number" ON "invoice" ("platform_id", COALESCE(invoice_number, ''), "id");
CREATE INDEX "invoice_by_invoice_date" ON "invoice" ("platform_id", COALESCE(invoice_date, '-infinity'), "id");
CREATE INDEX "invoice_by_due_date" ON "invoice" ("platform_id", COALESCE(due_date, '-infinity'), "id");
CREATE INDEX "invoice_by_amount" ON "invoice" ("platform_id", COALESCE(total_amount, '-infinity'), "id");
CREATE INDEX "invoice_by_paid" ON "invoice" ("platform_id", (coalesce((document->>'paid')::boolean, false)), "created_at" DESC, "id" DESC);
CREATE INDEX "invoice_on_hold" ON "invoice" ("platform_id", "created_at" DESC, "id" DESC) WHERE on_hold;
CREATE INDEX "subscription_by_reference" ON "pricing_plan_subscription" ("platform_id", COALESCE(reference, ''), "id");
CREATE INDEX "subscription_by_plan_name" ON "pricing_plan_subscription" ("platform_id", COALESCE(plan_name, ''), "id");
CREATE INDEX "subscription_by_currency" ON "pricing_plan_subscription" ("platform_id", COALESCE((document #>> '{billing_currency}'), ''), "id");
CREATE INDEX "subscription_by_period" ON "pricing_plan_subscription" ("platform_id", COALESCE((document #>> '{billing_period,type}'), ''), "id");
CREATE INDEX "subscription_by_start" ON "pricing_plan_subscription" ("platform_id", COALESCE(start_at, '-infinity'), "id");
CREATE INDEX "subscription_by_group" ON "pricing_plan_subscription" ("platform_id", (document #>> '{pricing_plan_subscription_group_id}')) WHERE (document #>> '{pricing_plan_subscription_group_id}') IS NOT NULL;
CREATE INDEX "portal_url_by_subscription" ON "portal_url" ("platform_id", (document#>>'{init_pricing_plan_subscription,pricing_plan_subscription_id}'), "created_at" DESC, "id" DESC);
CREATE INDEX "portal_url_by_expiry" ON "portal_url" ("platform_id", "expires_at") WHERE expires_at IS NOT NULL;
CREATE INDEX "workflow_trigger_by_subscription" ON "workflow_trigger" ("platform_id", (payload ->> 'pricing_plan_subscription_id'), "created_at" DESC, "id" DESC);
CREATE INDEX "workflow_trigger_by_schedule" ON "workflow_trigger" ("platform_id", (payload ->> 'pricing_plan_schedule_id'), "created_at" DESC, "id" DESC);
CREATE INDEX "execution_by_payment" ON "workflow_action_execution" ("platform_id", "payment_id") WHERE payment_id IS NOT NULL;
CREATE INDEX "execution_by_reason" ON "workflow_action_execution" ("platform_id", "reason", "created_at" DESC, "id" DESC) WHERE reason IS NOT NULL;
CREATE INDEX "execution_by_finish" ON "workflow_action_execution" ("platform_id", COALESCE(finished_at, '-infinity'), "id");

-- Text that is searched, custom fields, and lists inside documents.

CREATE INDEX "customer_text" ON "customer" USING gin (reference gin_trgm_ops, email gin_trgm_ops, (document#>>'{organization,legal_name}') gin_trgm_ops);
CREATE INDEX "customer_custom_fields" ON "customer" USING gin ((document->'custom_fields') jsonb_path_ops);
CREATE INDEX "contact_custom_fields" ON "contact" USING gin ((document->'custom_fields') jsonb_path_ops);
CREATE INDEX "invoice_text" ON "invoice" USING gin (invoice_number gin_trgm_ops);
CREATE INDEX "invoice_custom_fields" ON "invoice" USING gin ((document->'custom_fields') jsonb_path_ops);
CREATE INDEX "invoice_subscriptions" ON "invoice" USING gin ((document->'pricing_plan_subscription_ids'));
CREATE INDEX "payment_text" ON "payment" USING gin (reference gin_trgm_ops, external_reference gin_trgm_ops);
CREATE INDEX "subscription_text" ON "pricing_plan_subscription" USING gin (reference gin_trgm_ops, (document #>> '{name}') gin_trgm_ops, plan_name gin_trgm_ops);
CREATE INDEX "subscription_custom_fields" ON "pricing_plan_subscription" USING gin ((document->'custom_fields') jsonb_path_ops);
CREATE INDEX "execution_text" ON "workflow_action_execution" USING gin (subject gin_trgm_ops, reason_message gin_trgm_ops);
