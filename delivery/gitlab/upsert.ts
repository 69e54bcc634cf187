import { againIfLost, hasMarker, markerOf, type Written } from "../marked-report.ts";
import type { Gitlab } from "./api.ts";

/** Finds the issues among thousands; GitLab creates it where it is missing. */
const LABEL = "drift";

/** Creates the one note of a merge request that has this report's marker, or updates it. */
export async function upsertNote(gitlab: Gitlab, mergeRequest: number, report: string): Promise<Written> {
  const marker = markerOf(report);
  const body = inert(report);
  const notes = `/merge_requests/${mergeRequest}/notes`;
  const own = await gitlab.ownId();
  return againIfLost(async () => {
    const mine = (await gitlab.list(notes)).find((note) => isMine(note, "body", marker, own));
    if (mine === undefined) {
      await gitlab.send("POST", notes, { body });
      return "created";
    }
    if (isSame(mine.body, body)) return "unchanged";
    await gitlab.send("PUT", `${notes}/${mine.id}`, { body });
    return "updated";
  });
}

/** Updates the one open issue that has this report's marker, or opens it. */
export async function upsertIssue(gitlab: Gitlab, title: string, report: string): Promise<Written> {
  const marker = markerOf(report);
  const description = inert(report);
  const own = await gitlab.ownId();
  return againIfLost(async () => {
    const [mine] = await openIssues(gitlab, marker, own);
    if (mine === undefined) {
      await gitlab.send("POST", "/issues", { title, description, labels: LABEL });
      return "created";
    }
    if (isSame(mine.description, description)) return "unchanged";
    await gitlab.send("PUT", `/issues/${mine.iid}`, { title, description });
    return "updated";
  });
}

/** Closes every open issue that has the marker, with the last report in it. */
export async function closeIssue(gitlab: Gitlab, report: string): Promise<Written> {
  const marker = markerOf(report);
  const mine = await openIssues(gitlab, marker, await gitlab.ownId());
  const closed = { description: inert(report), state_event: "close" };
  for (const { iid } of mine) await gitlab.send("PUT", `/issues/${iid}`, closed);
  return mine.length === 0 ? "nothing to close" : "closed";
}

async function openIssues(gitlab: Gitlab, marker: string, own: unknown): Promise<Record<string, unknown>[]> {
  const issues = await gitlab.list(`/issues?state=opened&labels=${LABEL}`);
  return issues.filter((issue) => isMine(issue, "description", marker, own));
}

/** Anybody may write a marker; only what our own user wrote is updated. */
function isMine(entry: Record<string, unknown>, field: string, marker: string, own: unknown): boolean {
  const { id } = (entry.author ?? {}) as { readonly id?: unknown };
  return own !== undefined && id === own && hasMarker(entry[field], marker);
}

/** GitLab trims what it stores. */
const isSame = (stored: unknown, sent: string): boolean =>
  typeof stored === "string" && stored.trim() === sent.trim();

/**
 * A line that begins with a slash is a quick action (/close, /merge), which GitLab carries out with the rights of whose token
 * it is; plans hold what strangers wrote. https://docs.gitlab.com/user/project/quick_actions/
 */
const inert = (report: string): string => report.replaceAll(/^(\s*)\//gm, "$1&#47;");
