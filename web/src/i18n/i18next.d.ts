import "i18next";
import type app from "../app/texts/en.json";
import type auth from "../features/auth/texts/en.json";
import type deleted from "../features/deleted/texts/en.json";
import type home from "../features/home/texts/en.json";
import type people from "../features/people/texts/en.json";
import type settings from "../features/settings/texts/en.json";
import type system from "../features/system/texts/en.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    keySeparator: false;
    resources: {
      app: typeof app;
      auth: typeof auth;
      deleted: typeof deleted;
      home: typeof home;
      people: typeof people;
      settings: typeof settings;
      system: typeof system;
    };
  }
}
