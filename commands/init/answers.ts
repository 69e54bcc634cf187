import type { z } from "zod";
import { formatIssue } from "../../platform/issue.ts";
import { common, projectNumber, stateBucket } from "../../platform/schema/common.ts";
import type { LeafIssue } from "../../platform/schema/leaf.ts";
import { hostName, name } from "../../platform/schema/names.ts";
import { enumerated } from "../../values/enumerated.ts";
import { nearest } from "../../values/nearest.ts";

/** What a first environment is made from. */
export interface Answers {
  /** Name of the environment's file. */
  readonly environment: string;
  /** Google Cloud project id. */
  readonly project: string;
  readonly region: string;
  /** Names of the services; the first public one serves the domain itself, each other one NAME.domain. Internal without "edge". */
  readonly services: readonly string[];
  /** Those of them that only the others call. */
  readonly internal: readonly string[];
  /** Number of the project; where others call an internal service, its address has it. */
  readonly projectNumber?: string | undefined;
  readonly domain: string;
  /** Bucket of the Terraform state. */
  readonly stateBucket: string;
  /** Sections that the environment does without. */
  readonly without: readonly Part[];
}

/** Sections that an environment can do without. */
export const parts = ["database", "cache", "edge", "preflight"] as const;
export type Part = (typeof parts)[number];

export interface Question {
  readonly option: "project" | "region" | "services" | "domain" | "stateBucket";
  readonly flag: string;
  readonly text: string;
  /** What is wrong with an answer, each in one sentence. */
  readonly issues: (answer: string) => readonly string[];
}

const checked =
  (flag: string, schema: z.ZodType) =>
  (answer: string): readonly string[] =>
    (schema.safeParse(answer).error?.issues ?? []).flatMap((issue) =>
      issue.code === "custom"
        ? [formatIssue({ ...(issue.params as unknown as LeafIssue), path: flag })]
        : [`${flag}: ${issue.message}.`],
    );

/** More need a larger database than the template's. */
const MOST_SERVICES = 30;

export const servicesOf = (answer: string): string[] =>
  answer
    .split(",")
    .map((service) => service.trim())
    .filter(Boolean);

/** Names of which one that is said twice says nothing more. */
export const namesOf = (answer: string): string[] => [...new Set(servicesOf(answer))];

export const partsOf = (answer: string): Part[] =>
  namesOf(answer).filter((part): part is Part => parts.some((known) => known === part));

/** What is wrong with the sections that are left out. */
export function withoutIssues(answer: string): readonly string[] {
  const known: readonly string[] = parts;
  return namesOf(answer)
    .filter((part) => !known.includes(part))
    .map((part) => `--without names "${part}": allowed are ${enumerated(parts)}. Fix: ${fixOf(part, parts)}`);
}

const fixOf = (wrong: string, names: readonly string[]): string => {
  const meant = nearest(wrong, names);
  return meant === undefined ? "leave it out." : `did you mean "${meant}"?`;
};

export const projectNumberIssues = checked("--project-number", projectNumber);

/** What is wrong with the services that only others call. */
export function internalIssues(answer: string, services: readonly string[]): readonly string[] {
  if (services.length === 0) return [];
  const internal = namesOf(answer);
  const unknown = internal.filter((name) => !services.includes(name));
  if (unknown.length === 0 && internal.length === services.length)
    return [
      "--internal names every service: then nothing calls them. Fix: leave out one that calls the others, or write --without edge and no --internal.",
    ];
  return unknown.map(
    (name) =>
      `--internal names "${name}": allowed are ${enumerated(services)} of --services. Fix: ${fixOf(name, services)}`,
  );
}

/** What is wrong with the name of a service, and with a host. */
export const serviceIssues = (subject: string, answer: string) => checked(subject, name("web"))(answer);
export const hostIssues = (subject: string, answer: string) =>
  checked(subject, hostName("staging.example.com"))(answer);

function servicesIssues(answer: string): readonly string[] {
  const services = servicesOf(answer);
  if (services.length === 0)
    return [
      "--services names no service: allowed are names with commas between them. Fix: write for example web,api.",
    ];
  if (services.length > MOST_SERVICES)
    return [
      `--services names ${services.length} services: allowed are at most ${MOST_SERVICES} at once. Fix: begin with those, and add others with npm run new.`,
    ];
  const twice = [...new Set(services.filter((service, index) => services.indexOf(service) !== index))];
  return [
    ...services.flatMap((service) => serviceIssues("--services", service)),
    ...twice.map(
      (service) => `--services names "${service}" twice: a name belongs to one service. Fix: leave one out.`,
    ),
  ];
}

/** The five questions. */
export const questions: readonly Question[] = [
  {
    option: "project",
    flag: "--project",
    text: "Google Cloud project id, for example acme-staging",
    issues: checked("--project", common.project),
  },
  {
    option: "region",
    flag: "--region",
    text: "Region, for example europe-west1",
    issues: checked("--region", common.region),
  },
  {
    option: "services",
    flag: "--services",
    text: "Services with commas between them, the public site first, for example web,api",
    issues: servicesIssues,
  },
  {
    option: "domain",
    flag: "--domain",
    text: "Domain of the site, for example staging.example.com",
    issues: (answer) => hostIssues("--domain", answer),
  },
  {
    option: "stateBucket",
    flag: "--state-bucket",
    text: "Bucket of the Terraform state, which npm run bootstrap creates, for example acme-staging-terraform-state",
    issues: checked("--state-bucket", stateBucket),
  },
];

/** What is wrong with the name of an environment. */
export const environmentIssues = (subject: string, answer: string) =>
  checked(subject, name("staging"))(answer);
