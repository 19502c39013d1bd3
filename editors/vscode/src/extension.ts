// Starts `pdel lsp` for specifications and connects it with the editor. All knowledge of the language is in the server.

import { access, constants } from "node:fs/promises";
import * as path from "node:path";
import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("pdel.restart", restart),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((change) => (change.affectsConfiguration("pdel") ? restart() : undefined)),
    vscode.window.onDidChangeActiveColorTheme(() => client?.sendNotification("pdel/ink", { ink: ink() })),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function restart(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose();
  if (!vscode.workspace.isTrusted) {
    return;
  }
  const command = await program();
  const server: ServerOptions = { command, args: ["lsp"] };
  const options: LanguageClientOptions = {
    documentSelector: [{ scheme: "file", language: "pdel" }],
    initializationOptions: { ink: ink() },
  };
  const started = new LanguageClient("pdel", "pdel", server, options);
  client = started;
  try {
    await started.start();
  } catch {
    client = undefined;
    await explain(command);
  }
}

/** The server's program: as set, else in the workspace's `.venv`, else on the path. */
async function program(): Promise<string> {
  const set = vscode.workspace.getConfiguration("pdel").get<string>("path", "").trim();
  if (set !== "") {
    return set;
  }
  const inside = process.platform === "win32" ? [".venv", "Scripts", "pdel.exe"] : [".venv", "bin", "pdel"];
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const candidate = path.join(folder.uri.fsPath, ...inside);
    try {
      await access(candidate, constants.X_OK);
      return candidate;
    } catch {
      // not there: the next folder
    }
  }
  return "pdel";
}

/** The colour that equations in hovers are drawn in, or nothing where they are wanted as text. */
function ink(): string | undefined {
  if (!vscode.workspace.getConfiguration("pdel").get<boolean>("pictures", true)) {
    return undefined;
  }
  const kind = vscode.window.activeColorTheme.kind;
  const dark = kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast;
  return dark ? "#e6e6e6" : "#1a1a1a";
}

async function explain(command: string): Promise<void> {
  const settings = "Open settings";
  const chosen = await vscode.window.showErrorMessage(
    `The language server did not start: \`${command} lsp\`. Install it with \`pip install 'pdel[lsp]'\`, or set its path.`,
    settings,
  );
  if (chosen === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "pdel.path");
  }
}
