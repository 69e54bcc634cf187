import type { Environment } from "../schema/environment.ts";
import type { Severity } from "./alert.ts";

/** The notification channels of an alert. */
export interface Recipients {
  /** Names of `notifications`. */
  readonly names: readonly string[];
  /** What whoever gets the alert must know where the severity has no channel of its own. */
  readonly note?: string;
}

/**
 * The channels of the alert's severity. Where there are none all channels get the alert, with a note that says so: an
 * alert in the wrong inbox is better than one that nobody gets.
 */
export function recipients(notifications: Environment["notifications"], severity: Severity): Recipients {
  const own = notifications.filter((channel) => channel.severity === severity);
  if (own.length > 0 || notifications.length === 0) return { names: own.map(({ name }) => name) };
  return {
    names: notifications.map(({ name }) => name),
    note: `This is a ${severity}, but the environment has no notifications of that severity: nobody is ${severity === "page" ? "woken" : "assigned"}.`,
  };
}
