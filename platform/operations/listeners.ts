import type { Environment } from "../schema/environment.ts";
import type { Severity } from "./alert.ts";

/** Who hears of an alert. */
export interface Listeners {
  /** Names of notifications. */
  readonly names: readonly string[];
  /** What readers must know where these are not the right ones. */
  readonly note?: string;
}

/**
 * Those of its severity. Where nobody is there for it the others hear of it and are told so: an alert that nobody
 * gets is worse than one in the wrong letter box.
 */
export function listeners({ notifications }: Environment, severity: Severity): Listeners {
  const own = notifications.filter((channel) => channel.severity === severity);
  if (own.length > 0 || notifications.length === 0) return { names: own.map(({ name }) => name) };
  return {
    names: notifications.map(({ name }) => name),
    note: `This is a ${severity}, but the environment has no notifications of that severity: nobody is ${severity === "page" ? "woken" : "assigned"}.`,
  };
}
