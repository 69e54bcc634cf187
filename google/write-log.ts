import { UserError } from "../platform/sentence.ts";

/** One structured entry; Cloud Logging keeps everything beside the severity as its payload. */
export interface LogEntry {
  readonly severity: "DEFAULT" | "DEBUG" | "INFO" | "WARNING" | "ERROR";
  readonly message: string;
}

export interface WriteLogOptions {
  readonly project: string;
  /** Name of the log, without its project: "infrastructure-drift". */
  readonly log: string;
  /** OAuth access token. */
  readonly accessToken: string;
  /** @default "https://logging.googleapis.com" */
  readonly endpoint?: string;
}

/** Entries of one request: far below the 10 MB that Cloud Logging takes. */
const AT_ONCE = 100;

/** Milliseconds for one request; Google answers in well under a second. */
const DEADLINE = 15_000;

/**
 * Writes entries to a log of the project, on which alerts can be made. Needs roles/logging.logWriter.
 *
 * @throws UserError where Google refuses or does not answer
 */
export async function writeLog(entries: readonly LogEntry[], options: WriteLogOptions): Promise<void> {
  for (let first = 0; first < entries.length; first += AT_ONCE)
    await write(entries.slice(first, first + AT_ONCE), options);
}

async function write(
  entries: readonly LogEntry[],
  { project, log, accessToken, endpoint = "https://logging.googleapis.com" }: WriteLogOptions,
): Promise<void> {
  let response: Response;
  try {
    response = await fetch(`${endpoint}/v2/entries:write`, {
      method: "POST",
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      body: JSON.stringify({
        logName: `projects/${project}/logs/${encodeURIComponent(log)}`,
        resource: { type: "global", labels: { project_id: project } },
        entries: entries.map(({ severity, ...jsonPayload }) => ({ severity, jsonPayload })),
      }),
      signal: AbortSignal.timeout(DEADLINE),
    });
  } catch (error) {
    // fetch says only that it failed; its cause says why.
    const { cause } = Object(error) as { readonly cause?: { readonly message?: string } };
    const reason = cause?.message ?? String(error);
    throw new UserError(
      `Cloud Logging does not answer (${reason}): check the network, then run the same command again.`,
    );
  }
  if (!response.ok) {
    throw new UserError(
      `Cloud Logging refuses the entries (HTTP ${response.status}): the account needs roles/logging.logWriter in ${project}, and the API must be enabled (stack foundation).`,
    );
  }
}
