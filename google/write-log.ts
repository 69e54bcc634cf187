import type { Api } from "./api.ts";

/** One structured entry; Cloud Logging stores everything except the severity as payload. */
export interface LogEntry {
  readonly severity: "DEFAULT" | "DEBUG" | "INFO" | "WARNING" | "ERROR";
  readonly message: string;
}

export interface Log {
  readonly project: string;
  /** Name of the log, without its project: "infrastructure-drift". */
  readonly name: string;
  /** "https://logging.googleapis.com" */
  readonly endpoint: string;
}

/** Entries of one request: far below the 10 MB that Cloud Logging takes. */
const ENTRIES_PER_REQUEST = 100;

/**
 * Writes entries to a log of the project, for log-based alerts. Needs roles/logging.logWriter.
 *
 * @throws UserError where Google rejects the request or does not answer
 */
export async function writeLog(
  api: Api,
  { project, name, endpoint }: Log,
  entries: readonly LogEntry[],
  signal: AbortSignal,
): Promise<void> {
  for (let first = 0; first < entries.length; first += ENTRIES_PER_REQUEST) {
    const body = {
      logName: `projects/${project}/logs/${encodeURIComponent(name)}`,
      resource: { type: "global", labels: { project_id: project } },
      entries: entries
        .slice(first, first + ENTRIES_PER_REQUEST)
        .map(({ severity, ...jsonPayload }) => ({ severity, jsonPayload })),
    };
    await api.call(
      { method: "POST", url: `${endpoint}/v2/entries:write`, body, role: "roles/logging.logWriter" },
      signal,
    );
  }
}
