/** Pages that several rules of the edge cite. */
export const URL_MAP_DOC = "https://docs.cloud.google.com/load-balancing/docs/url-map-concepts";
export const FORWARDING_DOC = "https://docs.cloud.google.com/load-balancing/docs/forwarding-rule-concepts";
export const INGRESS_DOC = "https://docs.cloud.google.com/run/docs/securing/ingress";
export const REDIRECT_DOC =
  "https://docs.cloud.google.com/load-balancing/docs/https/setting-up-global-http-https-redirect";
export const NAMING_DOC = "https://docs.cloud.google.com/compute/docs/naming-resources";
