import "i18next";
import type app from "../app/texts/en.json";
import type audit from "../features/audit/texts/en.json";
import type auth from "../features/auth/texts/en.json";
import type break_glass from "../features/break_glass/texts/en.json";
import type home from "../features/home/texts/en.json";
import type reports from "../features/reports/texts/en.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    keySeparator: false;
    resources: {
      app: typeof app;
      audit: typeof audit;
      auth: typeof auth;
      break_glass: typeof break_glass;
      home: typeof home;
      reports: typeof reports;
    };
  }
}
