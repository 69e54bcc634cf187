import { type Car, type Instant, type Ledger, type Phase, stepsOf, type Train } from "../ledger.ts";
import { remedies } from "./remedies.ts";

/** The last train of the ledger, for a person who was not there; a resumed one is told whole. */
export function rolloutMarkdown({ environment, train, services }: Ledger): string {
  if (train === undefined) return `# Rollout of ${environment}\n\nThere was none.\n`;
  const { id, startedAt, endedAt, stop, outcome } = train;
  const rows = train.order.flatMap((service) => {
    const car = train.cars[service];
    return car === undefined ? [] : [row(service, car)];
  });
  const details = train.order.flatMap((service) => {
    const car = train.cars[service];
    return car === undefined || car.verdicts.length === 0 ? [] : [verdicts(service, train, car)];
  });
  const advice = remedies({ version: 1, environment, services, train });
  return [
    `# Rollout of ${environment}: ${outcome ?? "under way"}`,
    `${id}, from ${time(startedAt)}${endedAt === undefined ? "" : ` to ${time(endedAt)} (${duration(endedAt - startedAt)})`}. Steps: ${train.steps.map((step) => `${step} %`).join(", ")}.`,
    ...(stop === undefined
      ? []
      : [`It went no further at **${stop.service}** (${stop.reason}, ${time(stop.at)}): ${flat(stop.why)}`]),
    ["| service | from | to | now | why |", "| --- | --- | --- | --- | --- |", ...rows].join("\n"),
    ...(advice.length === 0 ? [] : [["## What to do", "", ...advice.map((line) => `- ${line}`)].join("\n")]),
    ...details,
    "",
  ].join("\n\n");
}

function row(service: string, { from, candidate, phase, why = "" }: Car): string {
  const cells = [service, from ?? "(created)", candidate ?? "", TOLD[phase], flat(why)];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function verdicts(service: string, train: Train, car: Car): string {
  const lines = car.verdicts.map(({ what, percent, verdict, why, at }) => {
    const where = percent === undefined ? what : `${what} at ${percent} %`;
    return `- ${time(at)} ${where}: **${verdict}**, ${flat(why)}`;
  });
  const own = car.steps === undefined ? "" : ` (steps: ${stepsOf(train, car).join(", ")} %)`;
  return [`## ${service}${own}`, "", ...lines].join("\n");
}

/** What a phase means for the traffic. */
const TOLD: Readonly<Record<Phase, string>> = {
  waiting: "not started",
  checked: "not started",
  applying: "being applied, without traffic",
  identity: "at gate 0, without traffic",
  gate: "at gate 1, without traffic",
  shifting: "traffic is being moved",
  soaking: "watched under traffic",
  promoting: "being promoted",
  proving: "promoted, plan not yet seen to be empty",
  promoted: "promoted",
  unchanged: "nothing to roll out",
  returning: "on the way back",
  "rolled back": "rolled back",
  undoing: "on the way back with the train",
  undone: "undone with the train",
  failed: "failed, without traffic",
  stranded: "**serves, and there is no way back**",
  left: "left as somebody else made it",
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
