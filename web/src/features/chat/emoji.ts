/** The emoji that can be chosen. Their names are here, in both languages, so both find them. */
export interface Emoji {
  picture: string;
  en: string;
  ar: string;
}

export type EmojiGroup = "feelings" | "people" | "health" | "day" | "signs";

function emoji(picture: string, en: string, ar: string): Emoji {
  return { picture, en, ar };
}

export const EMOJI: Record<EmojiGroup, readonly Emoji[]> = {
  feelings: [
    emoji("🙂", "smile", "ابتسامة"),
    emoji("😀", "laughing", "ضحك"),
    emoji("😊", "happy", "سعيد"),
    emoji("😂", "tears of joy", "دموع الفرح"),
    emoji("😌", "relieved", "مرتاح"),
    emoji("😉", "wink", "غمزة"),
    emoji("🤔", "thinking", "تفكير"),
    emoji("😐", "neutral", "محايد"),
    emoji("😕", "confused", "محتار"),
    emoji("😟", "worried", "قلق"),
    emoji("😢", "crying", "بكاء"),
    emoji("😮", "surprised", "متفاجئ"),
    emoji("😴", "sleeping", "نائم"),
    emoji("😣", "in pain", "متألم"),
    emoji("😡", "angry", "غاضب"),
    emoji("❤️", "heart", "قلب"),
  ],
  people: [
    emoji("👍", "thumbs up", "إبهام مرفوع"),
    emoji("👎", "thumbs down", "إبهام منخفض"),
    emoji("👌", "all right", "حسنًا"),
    emoji("🙏", "thank you", "شكرًا"),
    emoji("👋", "hello", "مرحبًا"),
    emoji("👏", "applause", "تصفيق"),
    emoji("💪", "strong", "قوي"),
    emoji("🤝", "handshake", "مصافحة"),
    emoji("🤞", "fingers crossed", "بالتوفيق"),
    emoji("🤷", "shrug", "لا أدري"),
    emoji("👶", "baby", "رضيع"),
    emoji("👵", "grandmother", "جدة"),
    emoji("👴", "grandfather", "جد"),
    emoji("🧑‍⚕️", "health worker", "عامل صحي"),
    emoji("🏃", "running", "جري"),
    emoji("🚶", "walking", "مشي"),
  ],
  health: [
    emoji("🤒", "fever", "حمى"),
    emoji("🤧", "cold", "زكام"),
    emoji("🤢", "nausea", "غثيان"),
    emoji("🤕", "headache", "صداع"),
    emoji("😷", "mask", "كمامة"),
    emoji("🌡️", "thermometer", "ميزان حرارة"),
    emoji("💊", "pill", "دواء"),
    emoji("💉", "injection", "حقنة"),
    emoji("🩹", "plaster", "ضمادة"),
    emoji("🩺", "stethoscope", "سماعة طبيب"),
    emoji("🩸", "blood", "دم"),
    emoji("🫀", "heart organ", "عضلة القلب"),
    emoji("🦷", "tooth", "سن"),
    emoji("👁️", "eye", "عين"),
    emoji("🦴", "bone", "عظم"),
    emoji("🏥", "hospital", "مستشفى"),
  ],
  day: [
    emoji("☀️", "sun, day", "شمس، نهار"),
    emoji("🌙", "moon, night", "قمر، ليل"),
    emoji("⏰", "alarm clock", "منبّه"),
    emoji("📅", "calendar", "تقويم"),
    emoji("🍎", "apple", "تفاحة"),
    emoji("🍞", "bread", "خبز"),
    emoji("☕", "coffee", "قهوة"),
    emoji("💧", "water", "ماء"),
    emoji("🛏️", "bed", "سرير"),
    emoji("🛁", "bath", "حمّام"),
    emoji("🚗", "car", "سيارة"),
    emoji("📞", "telephone", "هاتف"),
  ],
  signs: [
    emoji("✅", "done", "تم"),
    emoji("❌", "no", "لا"),
    emoji("❓", "question", "سؤال"),
    emoji("❗", "important", "مهم"),
    emoji("⚠️", "warning", "تحذير"),
    emoji("➕", "plus", "زائد"),
    emoji("➖", "minus", "ناقص"),
    emoji("⬆️", "up", "أعلى"),
    emoji("⬇️", "down", "أسفل"),
    emoji("🔁", "again", "مرة أخرى"),
    emoji("🎉", "celebration", "احتفال"),
    emoji("🌸", "flower", "زهرة"),
  ],
};

/** Those of whose names all words are parts, in any language. */
export function findEmoji(among: readonly Emoji[], words: string): readonly Emoji[] {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (parts.length === 0) return among;
  return among.filter(({ en, ar, picture }) => {
    const names = `${en} ${ar} ${picture}`;
    return parts.every((part) => names.includes(part));
  });
}
