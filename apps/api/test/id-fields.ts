/**
 * Fields whose names end like those of references and that are checked by nobody: `<operation> <path>`, with the paths of
 * `idFieldsOf`. Any other has to be refused when it names what is not there.
 */

/** Only we write them, or something else in the body says it: what a request says in them is left aside. */
export const IGNORED: readonly RegExp[] = [
  /\/v1\/invoices(\/\S+)? platform_id$/,
  /\/v1\/(roles|api-keys)(\/\S+)? entity_id$/,
  /\.manual\.user_id$/,
  / upgraded_(from|to)_pricing_plan_subscription_id$/,
  / next_invoice\.invoice_id$/,
  / wallet\.wallet_type_id$/,
  /\.pricing_plan_schedule\.(id|pricing_plan_subscription_id)$/,
];

/** They stay in the document as they came, since it may come from elsewhere with the ids that things have there. */
export const KEPT: readonly RegExp[] = [
  /\/v1\/invoices(\/\S+)? (pricing_plan_subscription_ids|payment_acceptor_ids|linked_invoices_ids)\.\*$/,
  /\/v1\/invoices(\/\S+)? payment_actions\.\*\.payment_acceptor_id$/,
];

/** The same, deeper inside: parties and schedules that a document brings along, and what other systems call things. */
export const BROUGHT_ALONG: readonly RegExp[] = [
  /\/v1\/invoices(\/\S+)? (customer|billing_entity)\./,
  / pricing_plan_schedule_infos\.\*\.id$/,
  /custom_fields\.\*\.(id|integration_id)$/,
  /linked_integrations\.\*\.id$/,
];

/** Of what this version does not have, or of nothing that is a resource. */
export const OF_NOTHING: readonly RegExp[] = [
  // What tax offices give, and what an authorisation server calls its client.
  /tax_ids?(\.\*\.id)?$/,
  /(tax_registrations\.\*|used_tax_registration)\.id$/,
  /\.client_id$/,
  /(quote_version|payment_method|template|credit_type|pricing_plan|pricing_plan_version|pricing_plan_subscription_group)(_|\.)id$/,
  /coupon_ids$/,
  // Integrations that are no email provider, and portal URLs of that type, are refused whole.
  / (tax_calculation\.billing_entity|payment_gateway\.integration)_id$/,
  / init_pricing_plan_subscription\.pricing_plan_subscription_id$/,
];

/** A workflow does not change its type; the same check is tried by the POST. */
export const OF_ANOTHER_TYPE: readonly RegExp[] = [/^PATCH \/v1\/workflows\/\S+ wallet\./];
