// Writes tests/resaved: one filled-in workbook as other programs save it. Run once; tests/test_resaved.py reads what it made.
//
//   xltools template project-2023 --values workbook_templates/project-2023/clean.json -o filled.xlsx
//   npm install exceljs@4.4.0 xlsx-populate@1.21.0 xlsx@0.18.5      (in a folder of its own, not in the repository)
//   NODE_PATH=THAT_FOLDER/node_modules node scripts/make_resaved.js filled.xlsx tests/resaved
//
// What gnumeric saves is written too where its ssconvert is installed.
"use strict";

const { spawnSync } = require("child_process");
const path = require("path");

const [source, folder] = process.argv.slice(2);
const SHEETJS = { xlsx: "xlsx", xlsb: "xlsb", ods: "ods", xls: "biff8" };
const GNUMERIC = { xlsx: "Gnumeric_Excel:xlsx2", ods: "Gnumeric_OpenCalc:odf", gnumeric: "Gnumeric_XmlIO:sax" };

const target = (program, ending) => path.join(folder, `${program}.${ending}`);

async function main() {
  const { Workbook } = require("exceljs");
  const book = new Workbook();
  await book.xlsx.readFile(source);
  await book.xlsx.writeFile(target("exceljs", "xlsx"));

  const populated = await require("xlsx-populate").fromFileAsync(source);
  await populated.toFileAsync(target("xlsx-populate", "xlsx"));

  const { readFile, writeFile } = require("xlsx");
  const sheets = readFile(source, { cellFormula: true, cellStyles: true, cellNF: true });
  for (const [ending, bookType] of Object.entries(SHEETJS)) {
    writeFile(sheets, target("sheetjs", ending), { bookType, compression: true });
  }

  for (const [ending, exporter] of Object.entries(GNUMERIC)) {
    const done = spawnSync("ssconvert", ["-T", exporter, source, target("gnumeric", ending)]);
    if (done.error) console.error(`gnumeric.${ending} was not written: ${done.error.message}`);
  }
}

if (!folder) {
  console.error("usage: node make_resaved.js FILLED.xlsx FOLDER");
  process.exit(2);
}
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
