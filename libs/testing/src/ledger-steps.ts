import { type Database } from '#database/database';
import { claim, type ClaimedExecution } from '#ledger/data/claim';
import { type GateAnswer, passGate } from '#ledger/data/gate';
import { type Preparation, storePreparation } from '#ledger/data/preparation';
import { type Acceptance, settle } from '#ledger/data/settle';
import { type Outcome } from '#ledger/domain/execution-state';

/** The steps of one execution through the ledger, as a worker takes them, without any mail. */
export class LedgerSteps {
  constructor(
    private readonly database: Database,
    private readonly platformId: string,
  ) {}

  async claim(executionId: string, leaseMs = 60_000): Promise<ClaimedExecution | null> {
    const [execution] = await this.database.query(claim({ platformId: this.platformId, executionId }, leaseMs));
    return execution ?? null;
  }

  /** @throws when it is not to be had. */
  async claimed(executionId: string, leaseMs = 60_000): Promise<ClaimedExecution> {
    const execution = await this.claim(executionId, leaseMs);
    if (!execution) throw new Error(`The execution ${executionId} could not be claimed.`);
    return execution;
  }

  /** Stores a preparation on the facts as they are now; false when the execution was lost. */
  async prepare(execution: ClaimedExecution, leaseMs = 60_000): Promise<boolean> {
    const preparation: Preparation = {
      number: execution.preparation + 1,
      facts: await this.revisions(execution),
      parts: { message: '{}', html: '<p>Hello</p>', text: 'Hello' },
      subject: 'Hello',
      recipients: { to: ['ap@customer.example'] },
      template: 'invoice-final.en',
      locale: 'en',
      integrationId: await this.integrationOf(execution),
      provider: 'SMTP',
      messageId: `<${execution.id}@example.com>`,
      mimeSha256: 'a'.repeat(64),
      pdfSha256: null,
      documentRevision: null,
      paymentLink: null,
      renderedAfterMs: 1,
      printedAfterMs: null,
    };
    return (await storePreparation(this.database, execution, preparation, leaseMs)) === 'STORED';
  }

  async gate(execution: ClaimedExecution, leaseMs = 60_000): Promise<GateAnswer> {
    return passGate(this.database, execution, execution.preparation + 1, leaseMs);
  }

  async settle(execution: ClaimedExecution, outcome: Outcome, acceptance: Acceptance | null = null): Promise<boolean> {
    return (await this.database.query(settle(execution, outcome, acceptance))).length > 0;
  }

  /** Claimed, prepared and past the gate: nobody knows yet whether it was accepted. */
  async committing(executionId: string, leaseMs = 60_000): Promise<ClaimedExecution> {
    const execution = await this.claimed(executionId);
    await this.prepare(execution);
    const answer = await this.gate(execution, leaseMs);
    if (!answer.passed) throw new Error(`The gate answered ${answer.why}.`);
    return execution;
  }

  private async revisions({ platformId, ...execution }: ClaimedExecution): Promise<Record<string, string>> {
    const { client } = this.database;
    const integrationId = await this.integrationOf({ platformId, ...execution });
    const at = (id: string | null) => ({ where: { platformId, id: id ?? '' }, select: { revision: true } });
    const found = {
      customer: await client.customer.findFirst(at(execution.customerId)),
      invoice: await client.invoice.findFirst(at(execution.invoiceId)),
      payment: await client.payment.findFirst(at(execution.paymentId)),
      wallet: await client.wallet.findFirst(at(execution.walletId)),
      workflow: await client.workflow.findFirst(at(execution.workflowId)),
      action: await client.workflowAction.findFirst(at(execution.actionId)),
      integration: await client.integration.findFirst(at(integrationId)),
    };
    return Object.fromEntries(
      Object.entries(found).flatMap(([name, row]) => (row ? [[name, row.revision.toString()]] : [])),
    );
  }

  private async integrationOf({ platformId, actionId, actionVersion }: ClaimedExecution): Promise<string> {
    const version = { platformId, actionId, version: actionVersion };
    const { config } = await this.database.client.workflowActionVersion.findFirstOrThrow({ where: version });
    return (config as { integration_id: string }).integration_id;
  }
}
