import "i18next";
import type app from "../app/texts/en.json";
import type auth from "../features/auth/texts/en.json";
import type consulting from "../features/consulting/texts/en.json";
import type home from "../features/home/texts/en.json";
import type patients from "../features/patients/texts/en.json";
import type schedule from "../features/schedule/texts/en.json";
import type today from "../features/today/texts/en.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    keySeparator: false;
    resources: {
      app: typeof app;
      auth: typeof auth;
      consulting: typeof consulting;
      home: typeof home;
      patients: typeof patients;
      schedule: typeof schedule;
      today: typeof today;
    };
  }
}
