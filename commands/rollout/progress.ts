import process from "node:process";
import type { RolloutEvent } from "../../rollout/report/events.ts";
import { colors } from "../colors.ts";

/** Milliseconds between two lines that only say what is waited for, where nobody can see the last line change. */
const PATIENCE = 60_000;

export interface Progress {
  tell(event: RolloutEvent): void;
  waiting(service: string, why: string): void;
  /** Leaves the terminal as it was. */
  end(): void;
}

/** One line for each event; what is waited for stands in the last line of a terminal, and in CI once a minute. */
export function progress(write: (text: string) => void = (text) => process.stderr.write(text)): Progress {
  const isLive = process.stderr.isTTY === true && process.env.CI === undefined;
  let told = 0;
  const clear = isLive ? "\r\u001b[K" : "";
  return {
    tell: (event) => write(`${clear}${eventLine(event)}\n`),
    waiting: (service, why) => {
      const text = `${time(Date.now())}  ${service === "" ? "" : `${service}: `}${why.replaceAll(/\s+/g, " ")}`;
      if (isLive) write(`${clear}${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
      else if (Date.now() - told >= PATIENCE) {
        told = Date.now();
        write(`${text}\n`);
      }
    },
    end: () => write(clear),
  };
}

function eventLine({ at, service, severity, text }: RolloutEvent): string {
  const line = `${time(at)}  ${service === undefined ? "" : `${service}: `}${text}`;
  if (severity === "ERROR") return colors.red(line);
  return severity === "WARNING" ? colors.yellow(line) : line;
}

/** "13:52:07", UTC. */
function time(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}
