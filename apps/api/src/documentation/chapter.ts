export type Json = Record<string, unknown>;

/** What the OpenAPI document says of one operation, beside what follows from its schemas. */
export interface OperationText {
  summary: string;
  text: string;
  /** A request body that is accepted as it stands once the ids in it are there (`EXAMPLE_IDS`). */
  body?: Json;
  /** The answer of the success, where it is not the chapter's example alone or in a page. */
  answer?: unknown;
  /** Statuses beside those that follow from its form: it may answer them, or the reference names them. */
  also?: readonly number[];
  /** The reference has no such operation. */
  additive?: true;
  /** How it answers otherwise than the reference's documents suggest, and why. */
  differs?: string;
}

/** All that is said of one tag. It lies beside the wire schemas of its resource. */
export interface Chapter {
  tag: string;
  about: string;
  /** What an id in the path is the id of: "contact". */
  noun: string;
  /** The resource as reading it answers. */
  example?: Json;
  /** By method and path: `GET /v1/contacts/{resourceId}`. */
  operations: Record<string, OperationText>;
}

/** The ids in examples. One who tries them puts his own in their places. */
export const EXAMPLE_IDS = {
  platform: 'plat_0VbtRyPlatformExamp1',
  customer: 'cust_0VbtRyCustomerExamp1',
  contact: 'cont_0VbtRyContactExampl1',
  billingEntity: 'bile_0VbtRyEntityExample1',
  invoice: 'invo_0VbtRyInvoiceExampl1',
  payment: 'paym_0VbtRyPaymentExampl1',
  paymentAcceptor: 'paya_0VbtRyAcceptorExamp1',
  portalUrl: 'purl_0VbtRyPortalUrlExam1',
  integration: 'inte_0VbtRyIntegrationEx1',
  workflow: 'wkfl_0VbtRyWorkflowExamp1',
  workflowAction: 'wkfa_0VbtRyWorkflowActio1',
  workflowTrigger: 'wkft_0VbtRyWorkflowTrigg1',
  execution: 'wkfe_0VbtRyExecutionExamp1',
  subscription: 'ppsu_0VbtRySubscriptionE1',
  schedule: 'ppsc_0VbtRyScheduleExampl1',
  walletType: 'walt_0VbtRyWalletTypeExam1',
  wallet: 'wall_0VbtRyWalletExample01',
  walletGrant: 'wagr_0VbtRyWalletGrantExa1',
  creditType: 'crty_0VbtRyCreditTypeExam1',
  webhook: 'webh_0VbtRyWebhookExample1',
  webhookEvent: 'whev_0VbtRyWebhookEventEx1',
  apiKey: 'apik_0VbtRyApiKeyExample01',
  role: 'role_0VbtRyRoleExample0001',
  auditRecord: 'audr_0VbtRyAuditRecordExa1',
  request: 'reqr_0VbtRyRequestExample1',
} as const;

/** What a resource of an example begins and ends with. */
export function resource(objectType: string, id: string, fields: Json): Json {
  return {
    object_type: objectType,
    id,
    ...fields,
    created_at: '2026-02-01T09:30:00Z',
    updated_at: '2026-02-01T09:30:00Z',
  };
}
