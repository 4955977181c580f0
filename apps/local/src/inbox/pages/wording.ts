import { type MailAddress } from '../inbox-mail.js';

/** `Jansen <j@example.com>`, several with commas. */
export function addressList(list: readonly MailAddress[]): string {
  return list.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ');
}

/** `48 kB`, in thousands. */
export function fileSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const SAME_DAY = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const ANOTHER_DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const IN_FULL = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });

/** When a mail came, in this machine's zone: the time for one of today, else day and time. */
export function shortTime(instant: string, now: Date): string {
  const date = new Date(instant);
  return (date.toDateString() === now.toDateString() ? SAME_DAY : ANOTHER_DAY).format(date);
}

export function fullTime(instant: string): string {
  return IN_FULL.format(new Date(instant));
}
