"""The case file that the picker and the style guide show. Invented, from many real ones."""

EXAMPLE = {
    "heading": "What is in the file?",
    "required": True,
    "intro": "<p>You are the new guardian of Daria, who is 16. The shelter hands you her file.</p>",
    "stages": [
        {
            "documents": [
                {
                    "kind": "note",
                    "title": "Note of the night shift",
                    "date": "Tuesday, 23:40",
                    "text": "<p>Brought by the police after a check at a station. Says she is 19 and on her way to a job.</p>",
                },
                {
                    "kind": "ticket",
                    "title": "Ticket",
                    "date": "Tuesday, 18:05",
                    "text": "<p>One way. Paid in cash by another person.</p>",
                },
            ],
            "question": {
                "text": "How do you treat her as long as nobody knows her age?",
                "choices": [
                    {
                        "text": "As a child",
                        "correct": True,
                        "feedback": "Yes. When age is uncertain, she is presumed to be a child while it is checked.",
                    },
                    {
                        "text": "As an adult, since she says so",
                        "correct": False,
                        "feedback": "Children are often told to say that they are adults.",
                    },
                ],
                "hint": "Think of what a mistake would cost her, either way.",
            },
        },
        {
            "documents": [
                {
                    "kind": "message",
                    "title": "Message on her phone",
                    "date": "Wednesday, 07:12",
                    "text": "<p>“You still owe me for the journey. Be at the flat tonight.”</p>",
                }
            ],
            "question": {
                "text": "What does the message add?",
                "choices": [
                    {
                        "text": "A debt, and somebody who gives orders",
                        "correct": True,
                        "feedback": "Yes. Together with the ticket it is a cluster that calls for action today.",
                    },
                    {
                        "text": "Nothing, friends write like that",
                        "correct": False,
                        "feedback": "It names a debt and a place to be. Read it beside the ticket.",
                    },
                ],
                "hint": "Put the message beside the ticket.",
            },
        },
    ],
    "closing": "<p>No single paper proves anything. Read together, they were enough to ask for protection the same day.</p>",
}
