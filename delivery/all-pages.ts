import { UserError } from "../platform/user-error.ts";

const PAGE_SIZE = 100;

/**
 * All entries of a list of GitHub's or GitLab's API, page after page.
 *
 * @param get gives the response for a path
 * @param host as people call it
 * @throws UserError where the response is no list
 */
export async function allPages(
  get: (path: string) => Promise<unknown>,
  path: string,
  host: string,
): Promise<Record<string, unknown>[]> {
  const entries: Record<string, unknown>[] = [];
  for (let page = 1; ; page += 1) {
    const query = `${path.includes("?") ? "&" : "?"}per_page=${PAGE_SIZE}&page=${page}`;
    const found = await get(`${path}${query}`);
    if (!Array.isArray(found)) throw new UserError(`${host} returns no list for ${path}.`);
    entries.push(...found);
    if (found.length < PAGE_SIZE) return entries;
  }
}
