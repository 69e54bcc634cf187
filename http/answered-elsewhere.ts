/**
 * Where a response is not in the form of the API that was asked: its status is not the API's, and says nothing of what is there.
 *
 * @param host "run.googleapis.com"
 */
export function answeredElsewhere(host: string, status: number): string {
  if (status === 407)
    return `The proxy on the way to ${host} asks for credentials (HTTP 407): write them into HTTPS_PROXY, http://USER:PASSWORD@HOST:PORT.`;
  return `Something else answers in the place of ${host} (HTTP ${status}), such as a proxy: check HTTPS_PROXY, NO_PROXY and the network.`;
}
