/**
 * The share of an amount above which an alert fires. The amounts themselves come from the budgets, the environment
 * and Google's limits; these are the only numbers that alerts add to them.
 */
export const thresholds = {
  /** The rest lasts for a working day: a ticket in the morning is early enough. */
  ticket: 0.8,
  /** The rest may be gone in minutes. */
  page: 0.95,
  /** Of the start-up window: a container that takes this much of it is close to being killed. */
  startup: 0.5,
  /** Of PostgreSQL's transaction ids: autovacuum is stuck long before, and the database refuses writes at the end. */
  transactionIds: 0.5,
  /** Of the days before expiry in which Google renews a certificate: renewal has failed for a third of them. */
  certificateTicket: 2 / 3,
  /** Renewal has failed for three quarters of them. */
  certificatePage: 1 / 4,
  /** Of the locations that check an endpoint: fewer failures may be local to them. */
  failingLocations: 0.5,
} as const;

/** The share of an amount, rounded down, so that a value above the threshold can still occur. */
export function shareOf(amount: number, share: number): number {
  return Math.floor(amount * share);
}

/** "80%" */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
