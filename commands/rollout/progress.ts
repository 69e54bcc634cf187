import process from "node:process";
import { printable } from "../../reporting/escape.ts";
import type { RolloutEvent } from "../../rollout/report/events.ts";
import { colors } from "../colors.ts";

/** Milliseconds between two progress lines without a terminal. */
const QUIET_INTERVAL = 60_000;

export interface Progress {
  emit(event: RolloutEvent): void;
  waiting(service: string, why: string): void;
  /** Restores the terminal. */
  end(): void;
}

/** One line for each event; the progress message is in the last line of a terminal, and is printed once a minute in CI. */
export function progress(write: (text: string) => void = (text) => process.stderr.write(text)): Progress {
  const isLive = process.stderr.isTTY === true && process.env.CI === undefined;
  let printed = 0;
  const clear = isLive ? "\r\u001b[K" : "";
  return {
    emit: (event) => write(`${clear}${eventLine(event)}\n`),
    waiting: (service, why) => {
      const text = `${time(Date.now())}  ${service === "" ? "" : `${service}: `}${printable(why)}`;
      if (isLive) write(`${clear}${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
      else if (Date.now() - printed >= QUIET_INTERVAL) {
        printed = Date.now();
        write(`${text}\n`);
      }
    },
    end: () => write(clear),
  };
}

function eventLine({ at, service, severity, text }: RolloutEvent): string {
  const line = `${time(at)}  ${service === undefined ? "" : `${service}: `}${printable(text)}`;
  if (severity === "ERROR") return colors.red(line);
  return severity === "WARNING" ? colors.yellow(line) : line;
}

/** "13:52:07", UTC. */
function time(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}
