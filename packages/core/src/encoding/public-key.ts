import {
  type DerElement,
  type DerElements,
  derTag,
  isInteger,
  readBitString,
  readElements,
  readInside,
  readOid,
} from "./der.ts";

/** Bytes of an uncompressed point on the curves that Go knows. */
const pointSizes: ReadonlyMap<string, number> = new Map([
  ["1.3.132.0.33", 57],
  ["1.2.840.10045.3.1.7", 65],
  ["1.3.132.0.34", 97],
  ["1.3.132.0.35", 133],
]);

/** Whether Go's crypto/x509 takes a SubjectPublicKeyInfo; of algorithms that it does not know it reads no more than the frame. */
export function isPublicKey(element: DerElement | undefined): boolean {
  const [algorithm, key] = readInside(element, derTag.sequence)?.elements ?? [];
  const oid = readAlgorithm(algorithm);
  const bits = readBitString(key);
  if (oid === undefined || bits === undefined || algorithm === undefined) return false;
  const parameters = readElements(algorithm.content).elements[1];
  switch (oid) {
    case "1.2.840.113549.1.1.1":
      return parameters?.tag === derTag.null && parameters.content.length === 0 && areNumbers(inSequence(bits), 2);
    case "1.2.840.10045.2.1":
      return bits[0] === 4 && bits.length === pointSizes.get(readOid(parameters) ?? "");
    case "1.2.840.10040.4.1":
      return areNumbers(readElements(bits), 1) && areNumbers(readInside(parameters, derTag.sequence), 3);
    case "1.3.101.110":
    case "1.3.101.112":
      return parameters === undefined && bits.length === 32;
    default:
      return true;
  }
}

/** The identifier of an AlgorithmIdentifier, or undefined when the element is none. */
export function readAlgorithm(element: DerElement | undefined): string | undefined {
  const inside = readInside(element, derTag.sequence);
  const [oid, parameters] = inside?.elements ?? [];
  return inside?.complete === true || parameters !== undefined ? readOid(oid) : undefined;
}

function inSequence(bytes: Uint8Array): DerElements | undefined {
  return readInside(readElements(bytes).elements[0], derTag.sequence);
}

function areNumbers(list: DerElements | undefined, count: number): boolean {
  const numbers = list?.elements.slice(0, count) ?? [];
  return numbers.length === count && numbers.every((number) => isInteger(number, "positive"));
}
