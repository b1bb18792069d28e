import { describeRules, offerTopics, type TopicOffer } from "@registry-cache/operations";

/** What `explain` can be asked. It needs all rules and schemas, so it is a chunk of its own. */
export function completeTopic(typed: string): readonly TopicOffer[] {
  return offerTopics(typed).filter((it) => it.word.startsWith(typed));
}

/** The codes that begin with what is typed, or the names of rules where that is no code. */
export function completeCode(typed: string): readonly { readonly word: string; readonly summary: string }[] {
  const words = describeRules().flatMap(({ code, name, summary }) => [code, name].map((word) => ({ word, summary })));
  return words.filter((it) => it.word.startsWith(typed));
}
