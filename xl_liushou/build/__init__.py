"""Makes the artefacts as bytes: the blank master workbook and the Word templates. Saves nothing."""
