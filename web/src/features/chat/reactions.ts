import type { Reaction } from "~/api/schema";

/** Every reaction there is, as it is shown. Its name is in the catalogue: `reaction_<kind>`. */
export const REACTIONS: readonly { kind: Reaction; picture: string }[] = [
  { kind: "thumbs_up", picture: "👍" },
  { kind: "heart", picture: "❤️" },
  { kind: "smile", picture: "🙂" },
  { kind: "sad", picture: "😢" },
  { kind: "surprised", picture: "😮" },
  { kind: "thanks", picture: "🙏" },
  { kind: "done", picture: "✅" },
  { kind: "question", picture: "❓" },
];
