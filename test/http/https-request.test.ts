import { createServer, type Server } from "node:http";
import net, { type AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { certificateOf, httpsRequest, type Network } from "../../http/https-request.ts";
import { authority, serverCertificate } from "../support/servers/certificates.ts";
import { type Listening, startHttps } from "../support/servers/https.ts";

const HOST = "staging.netrasystems.ai";
let server: Listening;
let proxy: Server;
let tunnels: string[];
let network: Network;
beforeAll(async () => {
  const ca = await authority();
  server = await startHttps(await serverCertificate(ca, { hosts: [HOST] }), (request, response) =>
    response.end(request.headers.host),
  );
  // Tunnels to the server, whatever host is asked for.
  proxy = createServer().on("connect", (request, client) => {
    tunnels.push(request.url ?? "");
    const upstream = net.connect(server.port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.pipe(upstream).pipe(client);
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const)
      one.on("error", () => other.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as AddressInfo;
  network = { authorities: [ca.certificate], proxyEnv: { HTTPS_PROXY: `http://127.0.0.1:${port}` } };
});
afterAll(async () => {
  await server.stop();
  proxy.close();
});
beforeEach(() => {
  tunnels = [];
});

const signal = new AbortController().signal;

test("a request goes through HTTPS_PROXY, and the certificate is the host's", async () => {
  const response = await httpsRequest(network, { host: HOST, path: "/" }, 30, signal);
  expect(response).toMatchObject({ kind: "response", status: 200, body: HOST });
  expect(tunnels).toEqual([`${HOST}:443`]);
});

test("so does reading a certificate", async () => {
  expect(await certificateOf(network, HOST, 30, signal)).toMatchObject({ valid: true, names: `DNS:${HOST}` });
  expect(tunnels).toEqual([`${HOST}:443`]);
});

test.each(["127.0.0.1", "netrasystems.ai", "*", "127.0.0.0/8"])(
  "NO_PROXY=%s leads past it",
  async (hosts) => {
    const direct = {
      ...network,
      resolve: new Map([[HOST, { address: "127.0.0.1", port: server.port }]]),
      proxyEnv: { ...network.proxyEnv, NO_PROXY: hosts },
    };
    expect(await httpsRequest(direct, { host: HOST, path: "/" }, 30, signal)).toMatchObject({ status: 200 });
    expect(tunnels).toEqual([]);
  },
);

test("NO_PROXY of another host does not", async () => {
  const proxied = { ...network, proxyEnv: { ...network.proxyEnv, NO_PROXY: "example.com,10.0.0.0/8" } };
  expect(await httpsRequest(proxied, { host: HOST, path: "/" }, 30, signal)).toMatchObject({ status: 200 });
  expect(tunnels).toEqual([`${HOST}:443`]);
});
