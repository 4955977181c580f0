import { type ApiClient } from '../demo/api-client.js';
import { type Execution } from '../demo/timeline.js';
import { quantile } from './statistics.js';

export interface StageLatency {
  state: string;
  /** Milliseconds since RECORDED. */
  medianMs: number;
  p95Ms: number;
}

interface ExecutionPage {
  data: (Execution & { invoice_id?: string })[];
  links: { next: string | null };
}

/** The platform's newest executions, as a client reads them. */
export async function executions(api: ApiClient, most: number): Promise<ExecutionPage['data']> {
  const found: ExecutionPage['data'] = [];
  let path: string | null = '/workflow-action-executions?limit=100';
  while (path !== null && found.length < most) {
    const page: ExecutionPage = await api.call<ExecutionPage>('GET', path);
    found.push(...page.data);
    path = page.links.next === null ? null : page.links.next.slice(page.links.next.indexOf('/v1') + '/v1'.length);
  }
  return found.slice(0, most);
}

/** When mails reached each state, counted from the change being recorded. */
export function latencies(sent: readonly Execution[]): StageLatency[] {
  const byState = new Map<string, number[]>();
  for (const { state, elapsed_ms } of sent.flatMap(({ timeline }) => timeline)) {
    byState.set(state, [...(byState.get(state) ?? []), elapsed_ms]);
  }
  return [...byState]
    .filter(([state]) => state !== 'RECORDED')
    .map(([state, values]) => ({ state, medianMs: quantile(values, 0.5), p95Ms: quantile(values, 0.95) }))
    .sort((a, b) => a.medianMs - b.medianMs);
}
