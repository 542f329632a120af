"""Files that cannot be imported, and their rows."""

from wording.words import mark

_COLUMNS = mark('Name the columns that are meant: --map "{usual}". The file has: {columns}')
_ROW = mark("Mend the row and import the file again: what is known already stays as it is")
_MAP = mark("Write pairs of our name and the file's: --map account=channel,day=date,audience=subscribers")

TROUBLES: dict[str, tuple[str, str]] = {
    "file.missing": (mark("There is no such file: {path}"), mark("Check the path and its spelling")),
    "file.unreadable": (
        mark("The file cannot be read: {path} ({detail})"),
        mark("Check the rights to it, or copy it elsewhere"),
    ),
    "file.encoding": (
        mark("The letters of the file cannot be read: {path}"),
        mark("Save it as CSV in UTF-8"),
    ),
    "file.empty": (mark("The file is empty: {path}"), mark("It needs a header line and rows under it")),
    "file.not_table": (
        mark("This is no table and no export that is known: {path}"),
        mark("Save it as CSV or XLSX from the program that wrote it"),
    ),
    "file.old_excel": (
        mark("This is a workbook of the old kind: {path}"),
        mark("Open it and save it as XLSX or CSV"),
    ),
    "file.web_page": (
        mark("This is a web page, not a table: {path}"),
        mark("In Telegram Desktop choose JSON when you export; elsewhere save the table as CSV or XLSX"),
    ),
    "file.broken_archive": (
        mark("The file is damaged, or not what its name says: {path}"),
        mark("Download it once more, or save the table as CSV"),
    ),
    "file.too_large": (
        mark("What the file holds is too large once unpacked: {path}"),
        mark("Unpack it yourself and import the table in it"),
    ),
    "file.no_table": (
        mark("There is no table in the archive: {path}"),
        mark("Unpack it and import the CSV or XLSX that you mean"),
    ),
    "file.several_tables": (
        mark("There are several tables in the archive: {names}"),
        mark("Unpack it and import the one that you mean"),
    ),
    "file.no_sheet": (mark("The workbook has no sheet «{sheet}»"), mark("It has: {sheets}")),
    "file.broken_json": (
        mark("The file breaks off or is damaged: {path}"),
        mark("Export the chat once more and wait until it is done"),
    ),
    "file.json_piece": (
        mark("One message of the file is too long: {path}"),
        mark("Export the chat once more; if it stays so, the file was not made by Telegram Desktop"),
    ),
    "file.not_export": (
        mark("This JSON is no export of Telegram Desktop: {path}"),
        mark("Export the channel as JSON and import its result.json; tables are imported as CSV or XLSX"),
    ),
    "file.not_channel": (
        mark("There is no channel in the export"),
        mark("Open the channel in Telegram Desktop, then ⋮ › Export chat history › JSON"),
    ),
    "file.unknown_channel": (
        mark("No account is known for the channels of the file: {channels}"),
        mark("Name the channel and whose it is: --chat TITLE --account LINK"),
    ),
    "file.service_message": (
        mark("a service message"),
        mark("Nothing to do: such messages are not posts"),
    ),
    "file.no_message": (mark("no message"), mark("Nothing to do: what has no number is no post")),
    "file.cell": (
        mark("The file cannot be read from line {line} on: a quoted cell has no end"),
        mark("Close the quote on that line, or save the file as CSV once more"),
    ),
    "file.field": (
        mark("There is no «{field}» to fill from a column"),
        mark("Did you mean {near}?"),
    ),
    "file.counted": (
        mark("«{field}» are counted from the rows of content, not given as a figure"),
        mark("Import the content itself, a row each: --map post=COLUMN,published_at=COLUMN"),
    ),
    "file.column": (mark("The file has no column «{column}»"), mark("It has: {columns}")),
    "file.columns": (mark("No column of the file is known"), _COLUMNS),
    "file.map": (mark("«{text}» in --map is no pair"), _MAP),
    "file.row": (mark("{cells} cells where the header has {columns}"), _ROW),
    "file.bad_number": (mark("«{value}» in the column «{column}» is no number"), _ROW),
    "file.not_whole": (mark("«{value}» in the column «{column}» is no whole number"), _ROW),
    "file.negative": (mark("«{value}» in the column «{column}» is less than zero"), _ROW),
    "file.bad_date": (mark("«{value}» in the column «{column}» is no date"), _ROW),
    "file.bad_choice": (mark("«{value}» in the column «{column}» is none of: {known}"), _ROW),
    "file.no_date": (mark("no date"), _ROW),
    "file.no_account": (mark("no account"), mark("Name it for the whole file: --account LINK")),
    "file.no_client": (mark("no client for a figure that is logged by hand"), mark("Name it: --client NAME")),
    "file.no_figures": (mark("no figures"), _ROW),
    "file.future": (mark("the date {value} is in the future"), _ROW),
    "file.other_account": (mark("«{link}» is not of the account {account}"), _ROW),
    "file.unknown_account": (
        mark("the account «{account}» is not known"),
        mark("Name its client and network, and it is added: --client NAME --network N"),
    ),
    "file.several_accounts": (
        mark("several clients have the account «{account}»"),
        mark("Name the client: --client NAME"),
    ),
    "file.several_networks": (
        mark("the account «{account}» is in several networks"),
        mark("Name the network: --network N"),
    ),
    "file.twin_accounts": (
        mark("the account «{account}» is in the list twice"),
        mark("The next smm sync makes one of the two; or remove one: smm account remove"),
    ),
}
