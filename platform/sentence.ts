/** A mistake of a person, told in one sentence; never shown with a stack trace. */
export class UserError extends Error {}

/** "1 error", "2 errors". */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
