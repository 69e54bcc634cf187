import type { Check, Context } from "../check.ts";
import { cacheChecks } from "./cache.ts";
import { contractChecks } from "./contract.ts";
import { databaseChecks } from "./database.ts";
import { dependencyChecks } from "./dependencies.ts";
import { egressChecks } from "./egress.ts";
import { sampleChecks } from "./samples.ts";
import { secretChecks } from "./secrets.ts";
import { settingsCheck } from "./settings.ts";
import { webSocketChecks } from "./web-socket.ts";

/** Every check of the plan. */
export function allChecks(context: Context): Check[] {
  return [
    settingsCheck(context),
    ...secretChecks(context),
    ...databaseChecks(context),
    ...cacheChecks(context),
    ...dependencyChecks(context),
    ...egressChecks(context),
    ...contractChecks(context),
    ...webSocketChecks(context),
    ...sampleChecks(context),
  ];
}
