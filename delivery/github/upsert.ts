import { againIfLost, hasMarker, markerOf, type Written } from "../marked-report.ts";
import type { Github } from "./api.ts";

/** Author of what workflows write. Anybody may write a marker; only our own is updated. */
const AUTHOR = "github-actions[bot]";
/** Finds the issues among thousands; GitHub creates it where it is missing. */
const LABEL = "drift";

/** Creates the one comment of a pull request that has this report's marker, or updates it. */
export async function upsertComment(github: Github, pullRequest: number, report: string): Promise<Written> {
  const marker = markerOf(report);
  const comments = `/issues/${pullRequest}/comments`;
  return againIfLost(async () => {
    const mine = (await github.list(comments)).find((comment) => isMine(comment, marker));
    if (mine === undefined) {
      await github.send("POST", comments, { body: report });
      return "created";
    }
    if (mine.body === report) return "unchanged";
    await github.send("PATCH", `/issues/comments/${mine.id}`, { body: report });
    return "updated";
  });
}

/** Updates the one open issue that has this report's marker, or opens it. */
export async function upsertIssue(github: Github, title: string, report: string): Promise<Written> {
  const marker = markerOf(report);
  return againIfLost(async () => {
    const [mine] = await openIssues(github, marker);
    if (mine === undefined) {
      await github.send("POST", "/issues", { title, body: report, labels: [LABEL] });
      return "created";
    }
    if (mine.body === report) return "unchanged";
    await github.send("PATCH", `/issues/${mine.number}`, { title, body: report });
    return "updated";
  });
}

/** Closes every open issue that has the marker, with the last report in it. */
export async function closeIssue(github: Github, report: string): Promise<Written> {
  const marker = markerOf(report);
  const mine = await openIssues(github, marker);
  const closed = { body: report, state: "closed", state_reason: "completed" };
  for (const { number } of mine) await github.send("PATCH", `/issues/${number}`, closed);
  return mine.length === 0 ? "nothing to close" : "closed";
}

async function openIssues(github: Github, marker: string): Promise<Record<string, unknown>[]> {
  const issues = await github.list(`/issues?state=open&labels=${LABEL}`);
  // GitHub lists pull requests among the issues.
  return issues.filter((issue) => !("pull_request" in issue) && isMine(issue, marker));
}

function isMine({ body, user }: Record<string, unknown>, marker: string): boolean {
  const { login } = (user ?? {}) as { readonly login?: unknown };
  return login === AUTHOR && hasMarker(body, marker);
}
