const MINUTES = [2, 4, 8, 16, 32, 60, 120, 240, 480];

/** How long an endpoint stays in the penalty box after its n-th failure in a row, from 1 (milliseconds). */
export function penaltyMs(failures: number): number {
  return (MINUTES[Math.max(0, failures - 1)] ?? MINUTES[MINUTES.length - 1] ?? 0) * 60_000;
}
