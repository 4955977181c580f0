import { SetMetadata } from '@nestjs/common';

const REACHES_OUTSIDE = 'reachesOutside';

/**
 * For handlers that ask other people's servers between two transactions: a repeated request finds their answer, but they do
 * not run in one transaction with it, which would be held open for as long as the others take. When the process ends
 * in between, the request may do its work twice.
 */
export const ReachesOutside = () => SetMetadata(REACHES_OUTSIDE, true);

export function reachesOutside(handler: object): boolean {
  return Reflect.getMetadata(REACHES_OUTSIDE, handler) === true;
}
