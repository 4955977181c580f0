import { type Instants, timelineOf } from './timeline.js';

const start = Date.parse('2026-01-01T00:00:00.000Z');
const after = (ms: number) => new Date(start + ms);

function instants(overrides: Partial<Instants> = {}): Instants {
  return {
    recordedAt: after(0),
    createdAt: after(2),
    releasedAt: null,
    claimedAt: null,
    renderedAt: null,
    printedAt: null,
    gateAt: null,
    acceptedAt: null,
    finishedAt: null,
    ...overrides,
  };
}

describe('the timeline of an execution', () => {
  it('has what is known, in milliseconds since it was recorded', () => {
    expect(timelineOf(instants({ releasedAt: after(12) }))).toEqual([
      { state: 'RECORDED', at: '2026-01-01T00:00:00.000Z', elapsed_ms: 0 },
      { state: 'PLANNED', at: '2026-01-01T00:00:00.002Z', elapsed_ms: 2 },
      { state: 'RELEASED', at: '2026-01-01T00:00:00.012Z', elapsed_ms: 12 },
    ]);
  });

  it('keeps the usual order of what happened in the same millisecond', () => {
    const sent = {
      claimedAt: after(5),
      renderedAt: after(5),
      printedAt: after(5),
      gateAt: after(9),
      acceptedAt: after(9),
      finishedAt: after(9),
    };
    expect(timelineOf(instants(sent)).map(({ state }) => state)).toEqual([
      'RECORDED',
      'PLANNED',
      'CLAIMED',
      'RENDERED',
      'PDF',
      'GATE',
      'ACCEPTED',
      'SETTLED',
    ]);
  });

  it('never goes back in time when an earlier try was rendered before the last claim', () => {
    const states = timelineOf(instants({ renderedAt: after(7), claimedAt: after(50), gateAt: after(60) }));
    expect(states.map(({ state }) => state)).toEqual(['RECORDED', 'PLANNED', 'RENDERED', 'CLAIMED', 'GATE']);
  });
});
