import { offerTopics, type TopicOffer } from "@registry-cache/operations";

/** What `explain` can be asked. It needs all rules and schemas, so it is a chunk of its own. */
export function completeTopic(typed: string): readonly TopicOffer[] {
  return offerTopics(typed).filter((it) => it.word.startsWith(typed));
}
