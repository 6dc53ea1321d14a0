"""Many records at once, from a workbook: the template made from the sections, the filled one read, shown, taken in.

Nothing is stored between the preview and the confirmation: what was read travels in the page, signed for its person
(`preview.seal`), and is judged again when it comes back. So there is no half-imported row that somebody would have to
sweep up, and nothing of a person's lies in the database before they have said yes. Each row has an id from its reading
on: pressing twice adds once.
"""
