import type { PreflightResult } from "../platform/preflight/preflight-result.ts";
import { UserError } from "../platform/user-error.ts";
import { entryPage } from "./preflight-entry.ts";
import type { LogContext } from "./preflight-log.ts";
import { responseOf } from "./response.ts";

/** A result and its log time, in milliseconds since 1970. */
export interface LoggedResult {
  readonly result: PreflightResult;
  readonly at: number;
}

/** Pages of 1,000 entries: a rollout's probes write a few hundred. */
const MAX_PAGES = 100;

/**
 * All results so far of executions whose PREFLIGHT_ID has this prefix.
 *
 * @param id of letters, digits and hyphens
 * @throws UserError where Cloud Logging rejects the request or does not answer
 */
export async function resultsOf(
  id: string,
  project: string,
  { api, logging }: Pick<LogContext, "api" | "logging">,
  signal: AbortSignal,
): Promise<LoggedResult[]> {
  const logged: LoggedResult[] = [];
  let pageToken = "";
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const body = {
      resourceNames: [`projects/${project}`],
      filter: `resource.type="cloud_run_job" AND jsonPayload.preflight.id=~"^${id}"`,
      orderBy: "timestamp asc",
      pageSize: 1000,
      ...(pageToken === "" ? {} : { pageToken }),
    };
    const response = await api.call({ method: "POST", url: `${logging}/v2/entries:list`, body }, signal);
    const page = responseOf(entryPage, response, "log entries");
    for (const { timestamp, jsonPayload } of page.entries ?? [])
      if (jsonPayload?.preflight !== undefined && timestamp !== undefined)
        logged.push({ result: jsonPayload.preflight, at: Date.parse(timestamp) });
    pageToken = page.nextPageToken ?? "";
    if (pageToken === "") return logged;
  }
  throw new UserError(`Cloud Logging returns more than ${MAX_PAGES} pages of entries of ${id}.`);
}
