import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { DownloadFormat } from "~/api/schema";
import { fetchMyData, save } from "~/features/privacy/download";

/** Downloads the patient's data. Leaving the page stops it. */
export function useDownload() {
  const [bytes, setBytes] = useState(0);
  const stopper = useRef<AbortController | null>(null);
  useEffect(() => () => stopper.current?.abort(), []);
  const download = useMutation({
    mutationFn: async (format: DownloadFormat) => {
      setBytes(0);
      const controller = new AbortController();
      stopper.current = controller;
      const file = await fetchMyData(format, controller.signal, setBytes);
      save(file, `anamnesis-${new Date().toISOString().slice(0, 10)}.${format}`);
      return file.size;
    },
  });
  const stop = () => {
    stopper.current?.abort();
    download.reset();
  };
  return { download, bytes, stop };
}
