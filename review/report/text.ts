import { printable } from "../../reporting/escape.ts";
import { plural } from "../../values/words.ts";
import type { Review } from "../review.ts";
import { notServingText } from "../serving/not-serving-latest.ts";

/** The review for a terminal or a log: verdict, reasons, what is destroyed, what changes, errors. */
export function reviewText(review: Review): string[] {
  const { environment, verdict, reasons, stacks, findings } = review;
  const errors = findings.filter(({ severity }) => severity === "error");
  const quiet = stacks.filter(({ failure, changes }) => failure === undefined && changes.length === 0);
  return [
    `${environment}: ${verdict}`,
    ...reasons.map((reason) => `  - ${reason}`),
    ...review.planWarnings.map((warning) => `  ! ${warning}`),
    ...(review.notPlanned === undefined ? [] : [`  ${review.notPlanned}`]),
    ...(review.upgrade === undefined ? [] : [`  ${review.upgrade}`]),
    ...review.failedChecks.map((check) => `  ! ${check}`),
    ...review.notServingLatest.map((service) => `  ! ${notServingText(service)}`),
    ...stacks
      .filter((stack) => !quiet.includes(stack))
      .flatMap(({ name, failure, changes, unchanged }) => [
        "",
        failure === undefined ? `${name} (${unchanged} unchanged)` : `${name}: ${failure}`,
        ...changes.flatMap(({ action, address, impact }) => [
          `  ${action} ${address}`,
          ...impact.map((sentence) => `      ${sentence}`),
        ]),
      ]),
    ...(quiet.length === 0 ? [] : ["", `No changes: ${quiet.map(({ name }) => name).join(", ")}.`]),
    ...(errors.length === 0 ? [] : ["", `Rule book: ${plural(errors.length, "error")}`]),
    ...errors.flatMap(({ rule, address, message, fix }) => [
      `  ${rule} at ${address}`,
      `      ${message}`,
      `      Fix: ${fix}`,
    ]),
    ...acknowledged(review),
  ].map(printable);
}

function acknowledged({ destructive, unusedAcknowledgements }: Review): string[] {
  const lines = destructive.flatMap(({ address, action, acknowledgement }) =>
    acknowledgement === undefined
      ? []
      : [
          `  ${action} ${address} is acknowledged until ${acknowledgement.expires}: ${acknowledgement.reason}`,
        ],
  );
  const idle = unusedAcknowledgements.map(
    ({ acknowledgement, why }) => `  ${acknowledgement.address}: ${why}`,
  );
  return [
    ...(lines.length === 0 ? [] : ["", "Acknowledged", ...lines]),
    ...(idle.length === 0 ? [] : ["", "Acknowledgements that are no longer needed", ...idle]),
  ];
}
