import { expect, test } from "vitest";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { readFirstCertificate } from "./certificate.ts";
import { encodeUtf8 } from "./utf8.ts";

const ed25519 =
  "MIIBLjCB4aADAgECAhQAqNJY1/rzj8um6KYNmpcALKXzyTAFBgMrZXAwDTELMAkGA1UEAwwCZWQwHhcNMjYxMTIzMjMyNDAwWhcNMjYxMTI2MjMyNDAwWjANMQswCQYDVQQDDAJlZDAqMAUGAytlcAMhAJUV56dZ7d53TsHIaFi4tvjLLHJdpNCyRpNhqk75Pt/Uo1MwUTAdBgNVHQ4EFgQUzDgsexpH+mmoW7RuRwO6Wcu53ZIwHwYDVR0jBBgwFoAUzDgsexpH+mmoW7RuRwO6Wcu53ZIwDwYDVR0TAQH/BAUwAwEB/zAFBgMrZXADQQCmSrZrKf31aohqmfeaFhmg/8mx8D3RZuvQJ5XM8Dm4W5U9J6/3R5rEfGE+cMfzAbCu7rvrsNPxft/CS4YAkHcI";
const rsa =
  "MIIDnjCCAoagAwIBAgIUVACNGsnNKnJZLdf4f7ai3w3NvzswDQYJKoZIhvcNAQELBQAwUzELMAkGA1UEBhMCREUxCzAJBgNVBAgMAkJXMREwDwYDVQQHDAhXYWxsZG9yZjEWMBQGA1UECgwNRXhhbXBsZSwgSW5jLjEMMAoGA1UECwwDUmVnMB4XDTI2MTEyMzIzMjQwMFoXDTI2MTIyMzIzMjQwMFowUzELMAkGA1UEBhMCREUxCzAJBgNVBAgMAkJXMREwDwYDVQQHDAhXYWxsZG9yZjEWMBQGA1UECgwNRXhhbXBsZSwgSW5jLjEMMAoGA1UECwwDUmVnMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAyfyUNsDul+OURWQx+Z1348VMOKAY1dpAdv7cCFylh9M99HA8tkohYA8yGCzD7VK7eNNpmAY+qbDMmS7L4N2aOECIVtwvyWObvKBAW0dr/mnKFB7CYfqDXKiK4I2UzVA+z7CiRawC4j4ay/muonI3eTD2gaODuBSqRNfSsiHX2pr5/1UxlXdnHBtSWzYy+C49O49c5Krxt/cjKTIozOgmVUW14vFtnLJ0EfNApcpfwmdydlhbhI1V3Z+VYUE8l8fmLPrYBpoY1RAt9JsJOHwQcd2dO3U5Vqh4pvsVwJZ1N9VNlYFwc+zdhyzLgMohZ9iVmqtVPbltjiJy2TIwJNmiBwIDAQABo2owaDAdBgNVHQ4EFgQUkbGIhg0mhlu6svKDOXaGpaTTBYswHwYDVR0jBBgwFoAUkbGIhg0mhlu6svKDOXaGpaTTBYswDwYDVR0TAQH/BAUwAwEB/zAVBgNVHREEDjAMggRhLmlvhwQKAAABMA0GCSqGSIb3DQEBCwUAA4IBAQCCe0NzwF1rZK2i6cd7AjeiiKJY2OdRLVtS3J4fdmL7yK7epWz1JJ8gchHuMx1UdxciUsMw2VKHjb1hzzc6p31ogawvuArBacXtgQQd3iHtJxQPHVtVUr/kvz8tQZygyvPcHozHmV6sf+7sLhuddupCkyIGopiCWu1MOT1Q+WF7ZvQXTPSVJUoCpTAoMNvofaoAftoyGVsMqHEfIiFNJHAsOBFd6GjBZ7bweU0L11ZoNMOcyRMNI48mhGeg9IrlpoKF9vJN2ajwa2xn1XaQvrAKANfmH2Dey+RtWK4Akx2rd+Lr7wKq+m5aCJyDYZYhb6yHB4tBNGGTRUccF3mITrU4";
const unknownCurve =
  "MIIBazCCARKgAwIBAgIUCs3pZ8ZP1pPUTFlmJMUSewLoK2swCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCazEwHhcNMjYxMTIzMjMyNDAwWhcNMjYxMTI2MjMyNDAwWjANMQswCQYDVQQDDAJrMTBWMBAGByqGSM49AgEGBSuBBAAKA0IABCxuF1/FFCn7RSiuw+qHxypod+kWH8N8v4iny638kIrNVxyWn/uoaxtNtGiLuMQMUNFGgWCtEafhx04X9jCHy3ijUzBRMB0GA1UdDgQWBBQJXZyBZ0+PqhyqT1ABNrCy8A1+ujAfBgNVHSMEGDAWgBQJXZyBZ0+PqhyqT1ABNrCy8A1+ujAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIDmiswkqZ31hXaHwB2ux4zZvTGRqLwyf+dnpdW7wEXErAiBeiZpwtAlUegwXehCrwUGjWY8y4zqxFN8G7R4aKM4MqA==";
const parsed = { kind: "certificate", notBefore: 1795476240000, notAfter: 1795735440000, subject: "CN=ed" };
const pem = (base64: string, label = "CERTIFICATE") => `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`;

test.each([
  ["a certificate", pem(ed25519), parsed],
  ["text around it", `Subject: x\n${pem(ed25519)}rest`, parsed],
  ["more after it, however bad", pem(ed25519) + pem("AAAA"), parsed],
  [
    "an RSA key and a longer subject",
    pem(rsa),
    { ...parsed, notAfter: 1798068240000, subject: "OU=Reg,O=Example\\, Inc.,L=Walldorf,ST=BW,C=DE" },
  ],
  ["nothing", "", { kind: "no-pem" }],
  ["no PEM", "not pem", { kind: "no-pem" }],
  ["a cut-off block", pem(ed25519).slice(0, 200), { kind: "no-pem" }],
  ["another block first", pem(ed25519, "PRIVATE KEY") + pem(ed25519), { kind: "not-certificate", type: "PRIVATE KEY" }],
  ["other bytes first", pem("AAAA") + pem(ed25519), { kind: "unparsable" }],
  ["an empty block", pem(""), { kind: "unparsable" }],
  ["a curve that Go does not know", pem(unknownCurve), { kind: "unparsable" }],
])("%s", (_, text, expected) => {
  expect([readFirstCertificate(text), readFirstCertificate(encodeUtf8(text))]).toEqual([expected, expected]);
});

const changed = (at: number, value: number) => {
  const bytes = Uint8Array.from(decodeBase64(ed25519) ?? []);
  bytes[at] = value;
  return readFirstCertificate(pem(encodeBase64(bytes))).kind;
};

// Offsets in the certificate above; each verdict is that of Go 1.26.
test.each([
  ["the version is 4", 11, 3, "unparsable"],
  ["the serial number is negative", 14, 0x80, "unparsable"],
  ["the length is written too long", 1, 0x83, "unparsable"],
  ["the signature differs", -1, 0, "certificate"],
] as const)("with one byte changed: %s", (_, at, value, kind) => {
  expect(changed(at < 0 ? (decodeBase64(ed25519)?.length ?? 0) + at : at, value)).toBe(kind);
});

test("bytes after the certificate, or missing ones, are refused", () => {
  const bytes = [...(decodeBase64(ed25519) ?? [])];
  const kinds = [[...bytes, 0], bytes.slice(0, -1)].map(
    (list) => readFirstCertificate(pem(encodeBase64(Uint8Array.from(list)))).kind,
  );
  expect(kinds).toEqual(["unparsable", "unparsable"]);
});
