/**
 * How much of what there is may be used before somebody hears of it. The amounts themselves come from the budgets,
 * the environment and Google's limits; these are the only numbers that alerts add to them.
 */
export const shares = {
  /** The rest lasts for a working day: somebody looks in the morning. */
  ticket: 0.8,
  /** The rest may be gone in minutes. */
  page: 0.95,
  /** Of the start-up window: a container that needs this much of it is close to being killed. */
  startup: 0.5,
  /** Of PostgreSQL's transaction ids: autovacuum is stuck long before, and the database refuses writes at the end. */
  transactionIds: 0.5,
  /** Of the days before expiry in which Google renews a certificate: renewal has failed for a third of them. */
  certificateTicket: 2 / 3,
  /** Renewal has failed for three quarters of them. */
  certificatePage: 1 / 4,
  /** Of the locations that check an endpoint: fewer may be their own trouble. */
  failingLocations: 0.5,
} as const;

/** The share of a whole number, so that something above it is within what there is. */
export function shareOf(amount: number, share: number): number {
  return Math.floor(amount * share);
}

/** "80%" */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
