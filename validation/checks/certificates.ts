import { certificateOf, type Network } from "../../http/https-request.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import { type Clock, failed, passed, type Result, type Task } from "../check.ts";
import { unreached } from "../explain.ts";

const DAY = 86_400_000;

/** Chain, host and days left of the certificate of every public host. */
export function certificateTasks(
  plan: Pick<PlatformPlan, "hostPlan" | "validation">,
  network: Network,
  clock: Clock,
): Task[] {
  const { answerWithin, certificateDays } = plan.validation;
  return plan.hostPlan.map(({ host }) => ({
    title: `certificate of ${host}`,
    run: async (signal): Promise<Result[]> => {
      const start = performance.now();
      const found = await certificateOf(network, host, answerWithin, signal);
      const about = {
        category: "certificates",
        subject: host,
        seconds: (performance.now() - start) / 1000,
      } as const;
      if ("code" in found) {
        const { why, fault, symptom } = unreached(found.code, answerWithin);
        return [failed(about, why, fault, symptom)];
      }
      const end = new Date(found.validTo).toISOString().slice(0, 10);
      if (!found.valid) {
        const { why } = unreached(found.problem ?? "unknown", answerWithin);
        const details = `${why}; it names ${found.names}, is issued by ${found.issuer} and holds until ${end}`;
        return [failed(about, details, "infrastructure", "wrong-certificate")];
      }
      const days = Math.floor((found.validTo - clock.now()) / DAY);
      const left = `trusted, holds for ${days} days until ${end}`;
      return [
        days >= certificateDays
          ? passed(about, left)
          : failed(
              about,
              `${left}, fewer than the ${certificateDays} of validation.certificateDays: renewal is stuck, mostly because the DNS authorization's record is gone`,
              "infrastructure",
              "wrong-certificate",
            ),
      ];
    },
  }));
}
