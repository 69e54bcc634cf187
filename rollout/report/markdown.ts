import { plain } from "../../reporting/escape.ts";
import {
  type Instant,
  type Ledger,
  type Phase,
  type Rollout,
  type ServiceRollout,
  stepsOf,
} from "../ledger.ts";
import { remedies } from "./remedies.ts";

/** Report of the last rollout in the ledger, from its start even after a resume. */
export function rolloutMarkdown({ environment, rollout, services }: Ledger): string {
  if (rollout === undefined) return `# Rollout of ${environment}\n\nThere is none.\n`;
  const { id, startedAt, endedAt, stop, outcome } = rollout;
  const rows = rollout.order.flatMap((service) => {
    const progress = rollout.services[service];
    return progress === undefined ? [] : [row(service, progress)];
  });
  const details = rollout.order.flatMap((service) => {
    const progress = rollout.services[service];
    return progress === undefined || progress.verdicts.length === 0
      ? []
      : [verdicts(service, rollout, progress)];
  });
  const advice = remedies({ version: 2, environment, services, rollout });
  return [
    `# Rollout of ${environment}: ${outcome ?? "under way"}`,
    `${id}, from ${time(startedAt)}${endedAt === undefined ? "" : ` to ${time(endedAt)} (${duration(endedAt - startedAt)})`}. Steps: ${rollout.steps.map((step) => `${step} %`).join(", ")}.`,
    ...(stop === undefined
      ? []
      : [`It stopped at **${stop.service}** (${stop.reason}, ${time(stop.at)}): ${plain(flat(stop.why))}`]),
    ["| service | from | to | now | why |", "| --- | --- | --- | --- | --- |", ...rows].join("\n"),
    ...(advice.length === 0 ? [] : [["## What to do", "", ...advice.map((line) => `- ${line}`)].join("\n")]),
    ...details,
    "",
  ].join("\n\n");
}

function row(service: string, { from, candidate, phase, why = "" }: ServiceRollout): string {
  const cells = [service, from ?? "(created)", candidate ?? "", PHASE_TEXT[phase], plain(flat(why))];
  return `| ${cells.join(" | ")} |`;
}

function verdicts(service: string, rollout: Rollout, progress: ServiceRollout): string {
  const lines = progress.verdicts.map(({ what, percent, verdict, why, at }) => {
    const where = percent === undefined ? what : `${what} at ${percent} %`;
    return `- ${time(at)} ${where}: **${verdict}**, ${plain(flat(why))}`;
  });
  const own = progress.steps === undefined ? "" : ` (steps: ${stepsOf(rollout, progress).join(", ")} %)`;
  return [`## ${service}${own}`, "", ...lines].join("\n");
}

/** What a phase means for the traffic. */
const PHASE_TEXT: Readonly<Record<Phase, string>> = {
  waiting: "not started",
  checked: "not started",
  applying: "being applied, without traffic",
  identity: "at gate 0, without traffic",
  gate: "at gate 1, without traffic",
  shifting: "traffic is being moved",
  soaking: "soaking",
  promoting: "being promoted",
  proving: "promoted, plan not yet verified as empty",
  promoted: "promoted",
  unchanged: "nothing to roll out",
  "rolling back": "rolling back",
  "rolled back": "rolled back",
  reverting: "reverting with the rollout",
  reverted: "reverted with the rollout",
  failed: "failed, without traffic",
  "rollback failed": "**serves, rollback failed**",
  "externally modified": "changed externally, left unchanged",
};

function flat(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, "; ");
}

/** "2026-11-21 13:52:07 UTC" */
function time(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** "1 h 48 min", "36 min", "40 s" */
function duration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes === 0) return `${Math.max(0, Math.round(milliseconds / 1000))} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
