"""The story that the picker and the style guide tell. Invented, from many real ones."""

EXAMPLE = {
    "heading": "The first meeting",
    "required": True,
    "intro": (
        "<p>You have just been appointed guardian of Ilir, who is 15. Today you meet him for the first time, in the office of the"
        " shelter.</p>"
    ),
    "steps": [
        {
            "name": "The uncle stays",
            "text": "<p>Ilir comes with a man whom he calls uncle. The man sits down first and says: “I speak for him.”</p>",
            "choices": [
                {
                    "text": "Ask the uncle to wait outside, and tell Ilir why",
                    "goes_to": "Alone with Ilir",
                    "consequence": "The man protests. A colleague offers him a coffee next door, and he goes.",
                    "why": "A child can speak freely only when nobody in the room has power over him.",
                    "points": 2,
                },
                {
                    "text": "Begin with everyone, so that nobody is offended",
                    "goes_to": "The uncle answers",
                    "consequence": "You ask Ilir how he is. The man answers: “He is fine.”",
                    "why": "It avoids a quarrel, but it leaves the child with the person who may control him.",
                    "points": 0,
                },
            ],
        },
        {
            "name": "The uncle answers",
            "text": "<p>Whatever you ask, the man answers. Ilir looks at his hands.</p>",
            "choices": [
                {
                    "text": "Stop here, and see Ilir alone first",
                    "goes_to": "Alone with Ilir",
                    "consequence": "You say that every guardian has to do this. The man leaves the room.",
                    "why": "It is never too late to change the setting. A rule that holds for everyone takes the heat out of it.",
                    "points": 1,
                },
                {
                    "text": "Finish the form together, and see Ilir next week",
                    "goes_to": "He does not come back",
                    "consequence": "The form is complete. Ilir has not said a word.",
                    "why": "The form can wait. In a week much can happen to a child who is under control.",
                    "points": 0,
                },
            ],
        },
        {
            "name": "Alone with Ilir",
            "text": "<p>You are alone with Ilir and an interpreter. He asks: “Are you from the police?”</p>",
            "choices": [
                {
                    "text": "Say who you are, what you do, and what you cannot keep to yourself",
                    "goes_to": "He asks a question",
                    "consequence": "He nods. After a while he asks whether he may stay where he is tonight.",
                    "why": "Trust begins with a clear role, and with its limits said before they are needed.",
                    "points": 2,
                },
                {
                    "text": "Promise that all he says stays between you",
                    "goes_to": "A promise is broken",
                    "consequence": "He is relieved, and tells you about the car wash.",
                    "why": "You may have to act to protect him. A promise that cannot be kept costs the trust it has bought.",
                    "points": 0,
                },
            ],
        },
    ],
    "endings": [
        {
            "name": "He asks a question",
            "tone": "good",
            "text": "<p>You arrange with the shelter that the uncle gets no access for now. Ilir wants to see you again.</p>",
            "learn": "See the child alone, say who you are, and say what you cannot promise.",
        },
        {
            "name": "A promise is broken",
            "tone": "mixed",
            "text": "<p>You must report what he said. Ilir is safe tonight, but he feels betrayed.</p>",
            "learn": "Explain confidentiality and its limits before the child tells anything.",
        },
        {
            "name": "He does not come back",
            "tone": "hard",
            "text": "<p>A week later Ilir is gone, and nobody can reach the uncle. You report him missing at once.</p>",
            "learn": "Signs of control call for safety measures the same day.",
        },
    ],
}
