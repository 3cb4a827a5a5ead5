import "i18next";
import type app from "../app/texts/en.json";
import type auth from "../features/auth/texts/en.json";
import type chat from "../features/chat/texts/en.json";
import type home from "../features/home/texts/en.json";
import type notices from "../features/notices/texts/en.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    keySeparator: false;
    resources: {
      app: typeof app;
      auth: typeof auth;
      chat: typeof chat;
      home: typeof home;
      notices: typeof notices;
    };
  }
}
