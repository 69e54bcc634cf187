import type { PreflightLine, PreflightResult } from "../platform/preflight-result.ts";
import type { LogContext } from "./preflight-log.ts";

/** A result and its log time, in milliseconds since 1970. */
export interface LoggedResult {
  readonly result: PreflightResult;
  readonly at: number;
}

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
  do {
    const body = {
      resourceNames: [`projects/${project}`],
      filter: `resource.type="cloud_run_job" AND jsonPayload.preflight.id=~"^${id}"`,
      orderBy: "timestamp asc",
      pageSize: 1000,
      ...(pageToken === "" ? {} : { pageToken }),
    };
    const page = (await api.call({ method: "POST", url: `${logging}/v2/entries:list`, body }, signal)) as {
      readonly entries?: readonly {
        readonly timestamp?: string;
        readonly jsonPayload?: Partial<PreflightLine>;
      }[];
      readonly nextPageToken?: string;
    };
    for (const { timestamp = "", jsonPayload } of page.entries ?? [])
      if (jsonPayload?.preflight) logged.push({ result: jsonPayload.preflight, at: Date.parse(timestamp) });
    pageToken = page.nextPageToken ?? "";
  } while (pageToken !== "");
  return logged;
}
