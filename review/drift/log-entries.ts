import { notServingText } from "../serving/not-serving-latest.ts";
import type { DriftReport } from "./report.ts";
import { changeText } from "./text.ts";

/** One line for Cloud Logging; alerts can match it. */
export interface DriftEntry {
  readonly severity: "WARNING" | "ERROR";
  readonly message: string;
  readonly drift: {
    readonly environment: string;
    readonly stack: string;
    /** "unchecked" where the stack could not be checked. */
    readonly status: "changed" | "deleted" | "not-serving-latest" | "unchecked";
    readonly address: string | null;
    readonly attribute: string | null;
    readonly before: string | null;
    readonly after: string | null;
    /** Path in the environment of the number that states it. */
    readonly statedBy: string | null;
    /** Rules that it breaks. */
    readonly breaks: readonly string[];
    readonly putBack: string | null;
  };
}

/** One entry for each attribute that drifted, each resource that is gone, each service that does not serve what is declared, and each stack that could not be checked. */
export function driftEntries({ environment, drifted, notServingLatest, failed }: DriftReport): DriftEntry[] {
  const found = drifted.flatMap(
    ({ stack, address, isDeleted, attributes, breaks, putBack }): DriftEntry[] => {
      const common = {
        environment,
        stack,
        address,
        breaks: [...new Set(breaks.map(({ rule }) => rule))],
        putBack,
      };
      const severity = breaks.some((finding) => finding.severity === "error") ? "ERROR" : "WARNING";
      if (isDeleted) {
        const gone = {
          status: "deleted",
          attribute: null,
          before: null,
          after: null,
          statedBy: null,
        } as const;
        return [
          {
            severity,
            message: `${address} of ${environment} is gone.`,
            drift: { ...common, ...gone },
          },
        ];
      }
      return attributes.map(
        (attribute): DriftEntry => ({
          severity,
          message: `${address} of ${environment} was changed outside the code: ${changeText(attribute)}`,
          drift: {
            ...common,
            status: "changed",
            attribute: attribute.path,
            before: attribute.before ?? null,
            after: attribute.after ?? null,
            statedBy: attribute.statedBy ?? null,
          },
        }),
      );
    },
  );
  const unseen = failed.map(
    ({ stack, why }): DriftEntry => ({
      severity: "ERROR",
      message: `Whether ${stack} of ${environment} drifted could not be checked: ${why}`,
      drift: {
        environment,
        stack,
        status: "unchecked",
        address: null,
        attribute: null,
        before: null,
        after: null,
        statedBy: null,
        breaks: [],
        putBack: null,
      },
    }),
  );
  const idle = notServingLatest.map(
    (service): DriftEntry => ({
      severity: "WARNING",
      message: `${service.address} of ${environment} does not serve what is declared: ${notServingText(service)}`,
      drift: {
        environment,
        stack: service.stack,
        status: "not-serving-latest",
        address: service.address,
        attribute: "latest_created_revision",
        before: service.serving,
        after: service.newest,
        statedBy: null,
        breaks: [],
        putBack: null,
      },
    }),
  );
  return [...found, ...idle, ...unseen];
}
