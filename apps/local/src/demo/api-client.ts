/** A client of the API as anybody could write one: HTTP, JSON, a key. */
export class ApiClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** @throws Error with the answer's own sentence when it is not a success. */
  async call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.send(method, `/v1${path}`, body);
    return (await response.json()) as T;
  }

  /** The bytes of an answer. */
  async bytes(path: string): Promise<Buffer> {
    return Buffer.from(await (await this.send('GET', path)).arrayBuffer());
  }

  private async send(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { 'X-API-KEY': this.key, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    const answer = await response.text();
    throw new Error(`${method} ${path} answered ${response.status}: ${answer.slice(0, 1_000)}`);
  }
}
