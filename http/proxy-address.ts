/** In the order in which requests look for them. */
const NAMES = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/** One sentence where the proxy of an environment cannot be used; what is written is left out, as it may hold a password. */
export function proxyProblem(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const name = NAMES.find((each) => env[each]);
  const written = name === undefined ? undefined : env[name];
  if (written === undefined || isUsable(written)) return undefined;
  return `${name} is no address of a proxy: write http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, with http or https, and other characters of the password than letters, digits, - . _ and ~ as %XX.`;
}

function isUsable(written: string): boolean {
  if (!/^https?:\/\//i.test(written)) return false;
  try {
    const { hostname, username, password } = new URL(written);
    decodeURIComponent(`${username}${password}`);
    return hostname !== "";
  } catch {
    return false;
  }
}
